"""A database as an older version left it."""

import os
from contextlib import contextmanager
from itertools import count

import psycopg

from sql.migrate import FOLDER

NUMBERS = count(1)


@contextmanager
def old_database(server, revision):
    """Lend a database with the schema of a revision, and an open connection to it; migrate() takes it on."""
    name = f"old_{os.getpid()}_{next(NUMBERS)}"
    url = server.create_database(name)
    with psycopg.connect(server.conninfo(name), autocommit=True) as connection:
        for path in sorted((FOLDER / "versions").glob("*.sql")):
            if path.name[:4] <= revision:
                connection.execute(path.read_text(encoding="utf-8"))
        connection.execute("create table alembic_version (version_num varchar(32) primary key)")
        connection.execute("insert into alembic_version values (%s)", [revision])
        yield url, connection
    server.drop_database(name)


def keep_assessment(connection, period):
    """Keep an assessment of a month, which is the first: its number is 1."""
    connection.execute("insert into month (period) values (%s)", [period])
    connection.execute(
        "insert into assessment (period, version, assessed_on, settings, complete, missing, units_valid, "
        "units_present) values (%s, 1, %s, '{}', true, '{}', 1, 1)",
        [period, period],
    )


def keep_report(connection, period, content):
    """Keep a report of an assessed month as its JSON's text."""
    connection.execute(
        "insert into month_report (period, version, assessment_id, content) values (%s, 1, 1, %s)",
        [period, content],
    )
