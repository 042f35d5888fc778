"""What every bench shares: medians, a bound that fails, a database of its own."""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sql.migrate import migrate
from sql.server import EmbeddedServer

TIMES = 3


@dataclass(frozen=True)
class Bound:
    """A measured figure held against what it must and should reach; a smaller one is better."""

    name: str
    value: float
    must: float
    aim: float
    unit: str

    @property
    def holds(self) -> bool:
        return self.value <= self.must

    def __str__(self) -> str:
        verdict = "aim reached" if self.value <= self.aim else "must reached" if self.holds else "TOO MUCH"
        return f"{self.name}: {self.value:.3g} {self.unit} (must {self.must:g}, aim {self.aim:g}): {verdict}"


def seconds(work: Callable[[], object]) -> float:
    """Return how long some work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def median(values: list[float]) -> float:
    """Return the median, after showing what it is the median of."""
    print("   ", " · ".join(f"{value:.2f}" for value in values))
    return statistics.median(values)


@contextmanager
def database() -> Iterator[tuple[EmbeddedServer, Path]]:
    """Lend a migrated embedded server and its home."""
    home = Path(tempfile.mkdtemp(prefix="manad-bench-"))
    home.chmod(0o755)
    try:
        with EmbeddedServer(home) as server:
            migrate(server.url())
            yield server, home
    finally:
        shutil.rmtree(home)
