"""A world for one test: a database of its own, a home, an inbox, and the command `manad`."""

import email
import email.policy
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from flows.cli.main import main
from tests.worlds.small_administration import (
    PERIOD,
    UNITS,
    economy,
    organisation,
    sick_leave,
    volumes,
    write,
    write_month,
)

TODAY = "2026-10-07"
WHEN_COLUMNS = frozenset(
    {
        "received_at",
        "made_at",
        "happened_at",
        "finished_at",
        "queued_at",
        "changed_at",
        "started_at",
        "ended_at",
        "lease_until",
        "first_attempt_at",
        "next_attempt_at",
        "installed_at",
        "fetched_at",
        "told_at",
    }
)
"""Time columns: no two runs are alike in them."""
WHEN_TEXT = re.compile(r"\d{4}-\d\d-\d\d\s+kl\.\s+\d\d\.\d\d")
"""A time that a mail to the operator tells."""
KEY_COLUMNS = frozenset({"id", "worker_id", "held_by", "message_id"})
"""Surrogate keys, and the Message-ID that is made of the installation's."""
NATURAL = {
    "delivery": "select id, source, period, state, sha256 from delivery",
    "assessment": "select id, period, version from assessment",
    "watch": "select id, period, version from watch",
    "plan": "select id, unit, period from plan",
    "mail": "select id, period, kind, address, step, occasion, mode from mail",
}
"""What a reference (`delivery_id`, or `delivery` in JSON) stands for: a rolled-back row leaves a gap."""
NOT_COMPARED = frozenset({"worker", "month_run", "installation", "alembic_version"})
"""Tables that say who worked when."""


@dataclass(frozen=True)
class Answer:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@dataclass
class World:
    home: Path
    conninfo: str
    environment: dict
    capture: object
    inbox: Path = field(init=False)
    _asks: psycopg.Connection | None = field(init=False, default=None)

    def __post_init__(self):
        self.inbox = self.home / "inbox"
        self.inbox.mkdir(parents=True)

    def manad(self, *words):
        """Run the command in this process."""
        self.capture.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as stop:
            code = stop.code
        said = self.capture.readouterr()
        return Answer(code, said.out, said.err)

    def run(self, *words, period=PERIOD):
        """Run the month as on the seventh of October."""
        return self.manad("run", period, "--today", TODAY, *words)

    def month(self, **texts):
        """Put a complete month into the inbox."""
        write_month(self.inbox, **texts)

    def month_files(self, period, names=UNITS, **ledger):
        """Put a later month's files into the inbox; what is said of the ledger is for `economy`."""
        texts = {
            "organisation": organisation(names=names),
            "ekonomi": economy(units=names, **ledger),
            "prestationer": volumes(period, names),
            "sjukfranvaro": sick_leave(period, names),
        }
        write_month(self.inbox, period, **texts)

    def put(self, name, text):
        """Put one file into the inbox."""
        return write(self.inbox / name, text)

    def rows(self, statement, *parameters):
        """Ask the database."""
        return self._ask(statement, parameters).fetchall()

    def value(self, statement, *parameters):
        return self.rows(statement, *parameters)[0][0]

    def execute(self, statement):
        self._ask(statement)

    def _ask(self, statement, parameters=()):
        """Ask by one connection, opened when it is needed and again when it was cut off."""
        if self._asks is not None and not self._asks.closed:
            try:
                return self._asks.execute(statement, parameters or None)
            except psycopg.OperationalError:
                self.close()
        self._asks = psycopg.connect(self.conninfo, autocommit=True, prepare_threshold=None)
        return self._asks.execute(statement, parameters or None)

    def close(self):
        """Close the connection: a database that has one can't be copied."""
        if self._asks is not None:
            self._asks.close()

    def counts(self):
        """Count the rows of every table that a delivery or a mail could touch."""
        tables = (
            "ledger_row",
            "figure",
            "unit_version",
            "assessment",
            "unit_assessment",
            "mail",
            "month_report",
        )
        return {table: self.value(f"select count(*) from {table}") for table in tables}

    def contents(self):
        """Return every table's rows without surrogate keys and times, in an order of their own."""
        return table_contents(self.conninfo)

    def mails(self):
        """Return the mails that were written, parsed, in the order of their receivers."""
        parsed = [
            email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in sorted((self.home / "mails").glob("*.eml"))
        ]
        return sorted(parsed, key=lambda mail: (mail["To"], mail["Subject"]))


def table_contents(conninfo):
    """Return every table's comparable rows."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        names = connection.execute(
            "select tablename from pg_tables where schemaname = 'public' order by tablename"
        ).fetchall()
        keys = {
            name: {key: natural for key, *natural in connection.execute(statement)}
            for name, statement in NATURAL.items()
        }
        return {name: _rows(connection, name, keys) for (name,) in names if name not in NOT_COMPARED}


def _rows(connection, table, keys):
    cursor = connection.execute(f"select * from {table}")
    columns = [column.name for column in cursor.description]
    rows = [dict(zip(columns, row, strict=True)) for row in cursor]
    return sorted(
        repr([_natural(row[name], name, keys) for name in columns if name not in WHEN_COLUMNS | KEY_COLUMNS])
        for row in rows
    )


def _natural(value, name, keys):
    """Put what a surrogate key stands for in its place."""
    if isinstance(value, str):
        return WHEN_TEXT.sub("då", value)
    if isinstance(value, list):
        return [_natural(each, "", keys) for each in value]
    if isinstance(value, dict):
        return {name: _natural(each, name, keys) for name, each in value.items() if name not in KEY_COLUMNS}
    return keys.get(name.removesuffix("_id"), {}).get(value, value)
