"""One load of the ledger in a process of its own, so that its memory is its own: prints what it took."""

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from bench.load_ledger import ROWS, UNITS
from sql.database import Database
from tasks.clock import Clock
from tasks.config import Config
from tasks.deliveries import take_in_delivery as room
from tasks.deliveries.incoming_file import Declared, incoming_file
from tasks.installation import Installation
from tasks.rules.organisation import Register, UnitVersion
from tasks.rules.periods import Period
from tasks.settings import read_settings
from tasks.sources import all_sources

PERIOD = Period(2026, 12)
PARTS = ("read_table", "check_delivery", "store_delivery", "keep_raw_file")


def main(url: str, home: Path, swedish: Path) -> None:
    """Take the file in as a delivery, and see that queries see it."""
    settings = read_settings({"MANAD_HOME": str(home / str(time.monotonic_ns()))})
    installation = Installation(settings, Config(), Clock(), Database(url))
    units = [UnitVersion(str(10_000 + unit), f"Enhet {unit}", "enhet") for unit in range(UNITS)]
    register = Register([(Period(2026, 1), units)])
    parts: dict[str, float] = {}
    room.read_register = lambda *_: register
    for part in PARTS:
        setattr(room, part, _timed(part, getattr(room, part), parts))
    begun = time.perf_counter()
    file = incoming_file(swedish, Declared(all_sources()["ekonomi"], PERIOD))
    arrival = room.take_in(installation, file, date(2027, 1, 7))
    took = time.perf_counter() - begun
    with installation.database.transaction() as transaction:
        stored = transaction.rows("figures/list_ledger_units", delivery=1)
    assert arrival.rows == ROWS
    assert len(stored) == ROWS // (12 * 42)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": took, "megabytes": megabytes, "parts": parts}))


def _timed(name: str, work: Callable[..., Any], parts: dict[str, float]) -> Callable[..., Any]:
    def timed(*arguments: Any, **named: Any) -> Any:
        begun = time.perf_counter()
        try:
            return work(*arguments, **named)
        finally:
            parts[name] = time.perf_counter() - begun

    return timed


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
