"""What tests of fetching share: sources in the configuration, a clock that moves no time, what must hold."""

import json
from datetime import UTC, datetime, timedelta

from tasks.clock import Clock
from tasks.deliveries.fetch_sources import fetch_sources
from tasks.installation import open_installation
from tasks.rules.periods import Period
from tasks.settings import read_settings
from tests.worlds.bad_deliveries import quietly
from tests.worlds.small_administration import PERIOD, economy
from tests.worlds.web_site import Reply

NOT_FINISHED = 3
NOW = datetime(2026, 10, 7, 6, 0, tzinfo=UTC)
TOKEN = "hemlig-nyckel-7f3a"
CSV = Reply(economy().encode(), headers={"Content-Type": "text/csv; charset=utf-8"})


class FakeClock:
    """Waits without waiting, and remembers for how long."""

    def __init__(self):
        self.waits = []

    @property
    def clock(self):
        return Clock(now=lambda: NOW + timedelta(seconds=sum(self.waits)), wait=self.waits.append)


def configure(world, *, more="", **sources):
    """Write the configuration: what is said of each source, and other sections before."""
    lines = [more, "[files]", "quiet_seconds = 0"] if "[files]" not in more else [more]
    for name, keys in sources.items():
        lines += [f"[sources.{name}]", *(f"{key} = {json.dumps(value)}" for key, value in keys.items())]
    (world.home / "manad.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def fetch(world, *words):
    """Run the command for the month; its answer shows no traceback."""
    return quietly(world.manad("fetch", PERIOD, *words))


def fetch_patiently(world):
    """Fetch as code does it; returns what became of the sources, and the waits in between."""
    fake = FakeClock()
    with open_installation(read_settings(), fake.clock) as installation:
        fetched = fetch_sources(installation, Period.parse(PERIOD), inbox=world.inbox)
    return {one.source: one for one in fetched}, fake.waits


def inbox(world):
    """Return what lies in the inbox, hidden files too."""
    return {path.name: path.read_bytes() for path in world.inbox.iterdir()}


def is_refused(world, answer, *parts):
    """Check that a source was told as not fetched in one line, and that nothing was put into the inbox."""
    assert answer.err == ""
    (line,) = answer.out.splitlines()
    assert line.startswith("ekonomi: INTE HÄMTAD: ")
    for part in parts:
        assert part in line
    assert answer.code == NOT_FINISHED
    assert inbox(world) == {}


def holds_nowhere(world, answer, secret):
    """Check that a secret is neither said nor kept anywhere but in the file that it came from."""
    assert secret not in answer.out + answer.err
    assert secret not in repr(world.contents()) + repr(read_settings())
    holders = [
        path for path in world.home.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()
    ]
    assert [path.name for path in holders if path.suffix != ".token"] == []
