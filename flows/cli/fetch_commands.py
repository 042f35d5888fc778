"""What `manad fetch` does: fetches the sources that have an address, and says what became of each."""

from argparse import Namespace

from flows.terminal.terminal import say
from tasks.clock import Clock
from tasks.deliveries.fetch_sources import fetch_sources
from tasks.installation import open_installation
from tasks.rules.periods import Period
from tasks.settings import read_settings

NOT_FINISHED = 3


def fetch_command(arguments: Namespace) -> int:
    """Fetch a month's sources into the inbox, a line each."""
    settings = read_settings()
    inbox = (arguments.inbox or settings.inbox).absolute()
    with open_installation(settings, Clock()) as installation:
        today = arguments.today or installation.clock.today()
        period = arguments.period or Period.of(today).plus(-1)
        fetched = fetch_sources(installation, period, inbox=inbox, progress=say)
        required = installation.config.completeness.required_sources
    if not fetched:
        say("Ingen källa har en url i manad.toml, så inget hämtas. Lägg filerna i inkorgen.")
    is_lacking = any(one.state in ("absent", "failed") and one.source in required for one in fetched)
    return NOT_FINISHED if is_lacking else 0
