"""`manad deliver`, `manad release` and `manad fetch`: files handed in, files held, and files fetched."""

from argparse import Namespace
from collections.abc import Sequence
from functools import partial

from flows.cli.exit_codes import DONE, NOT_FINISHED, REFUSED
from flows.runs.events import announce_arrivals
from flows.serving.listeners import heard, server_of
from flows.terminal.show_explanation import explained_text
from flows.terminal.show_month import arrival_text, how_to_decide
from flows.terminal.terminal import say
from tasks.clock import Clock
from tasks.deliveries.explain_deliveries import explain_files
from tasks.deliveries.held_deliveries import refuse_delivery, release_delivery
from tasks.deliveries.receive_deliveries import receive_files
from tasks.deliveries.take_in_delivery import Arrival
from tasks.errors import UsageError
from tasks.installation import Installation, open_installation
from tasks.rules.periods import Period
from tasks.settings import read_settings

RECEIPTS_SHOWN = 5
"""So many files are shown with their receipts; more of them in a line each, unless something is wrong."""


def deliver_command(arguments: Namespace) -> int:
    """Hand in files and show each one's receipt; where a server is known, the last file runs the month."""
    for path in arguments.files:
        if path.is_dir():
            raise UsageError(
                f"{path} är en mapp: ange filerna, eller ta in hela mappen med manad run --inbox."
            )
        if not path.is_file():
            raise UsageError(f"Filen {path} finns inte: kontrollera namn och mapp.")
    with open_installation(read_settings(), Clock()) as installation:
        if arguments.explain:
            return _explain(installation, arguments)
        arrivals = receive_files(
            installation,
            arguments.files,
            arguments.today or installation.clock.today(),
            source=arguments.source,
            period=arguments.period,
            hear=partial(_show, is_one_of_many=len(arguments.files) > RECEIPTS_SHOWN),
        )
        if server_of(installation) is not None:
            with heard(installation):
                announce_arrivals(installation, arrivals, installation.clock.today())
    return code_of(arrivals)


def _show(arrival: Arrival, *, is_one_of_many: bool) -> None:
    """Show a file's receipt, of one of many a line unless somebody has to look at it."""
    say(arrival_text(arrival, is_one_of_many=is_one_of_many) + how_to_decide(arrival))


def _explain(installation: Installation, arguments: Namespace) -> int:
    """Show how each file would be read; nothing is stored."""
    arrivals = []
    for explained in explain_files(
        installation,
        arguments.files,
        arguments.today or installation.clock.today(),
        source=arguments.source,
        period=arguments.period,
    ):
        say(explained_text(explained))
        arrivals.append(explained.arrival)
    return code_of(arrivals)


def code_of(arrivals: Sequence[Arrival]) -> int:
    """Return the exit code of files that were handed in."""
    if any(arrival.state == "held" for arrival in arrivals):
        return NOT_FINISHED
    is_refused = any(arrival.state in ("refused", "ignored", "growing") for arrival in arrivals)
    return REFUSED if is_refused else DONE


def release_command(arguments: Namespace) -> int:
    """Let a held delivery in, or refuse it; where a server is known, the last one of a month runs it."""
    decide = refuse_delivery if arguments.refuse else release_delivery
    with open_installation(read_settings(), Clock()) as installation:
        arrival = decide(installation, arguments.id, by=arguments.by, reason=arguments.reason)
        say(arrival_text(arrival))
        if arrival.state == "accepted":
            if server_of(installation) is not None:
                with heard(installation):
                    announce_arrivals(installation, [arrival], arguments.today or installation.clock.today())
            else:
                say(f"Kör månaden: manad run {arrival.period}")
    return DONE


def fetch_command(arguments: Namespace) -> int:
    """Fetch a month's sources into the inbox, a line each."""
    from tasks.deliveries.fetch_sources import (  # noqa: PLC0415 - what speaks HTTP is slow to load
        fetch_sources,
        lacks_required,
    )

    settings = read_settings()
    inbox = (arguments.inbox or settings.inbox).absolute()
    with open_installation(settings, Clock()) as installation:
        today = arguments.today or installation.clock.today()
        period = arguments.period or Period.of(today).plus(-1)
        fetched = fetch_sources(installation, period, inbox=inbox, progress=say)
        is_lacking = lacks_required(installation, fetched)
    if not fetched:
        say("Ingen källa har en url i manad.toml, så inget hämtas. Lägg filerna i inkorgen.")
    return NOT_FINISHED if is_lacking else DONE
