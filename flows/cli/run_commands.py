"""`manad run`, `manad preview` and `manad chase`: the flows themselves, carried out in this process."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from flows.chase import chase
from flows.cli.delivery_commands import code_of
from flows.cli.exit_codes import DONE, FAILED, NOT_FINISHED
from flows.cli.progress import Progress
from flows.month import follow_up
from flows.terminal.show_month import arrival_text, how_to_decide, run_summary
from flows.terminal.show_plans import chase_text
from flows.terminal.terminal import say
from tasks.clock import Clock
from tasks.deliveries.receive_deliveries import receive_history
from tasks.deliveries.take_in_delivery import Arrival
from tasks.errors import UsageError
from tasks.installation import Installation, open_installation, rehearse
from tasks.month import Options, hold_month
from tasks.operations.preview_month import write_preview
from tasks.settings import read_settings


def run_command(arguments: Namespace) -> int:
    """Run a month from files to mails and report."""
    settings, clock = read_settings(), Clock()
    settings.check_addresses()
    options = Options(
        inbox=(arguments.inbox or settings.inbox).absolute(),
        no_mail=arguments.no_mail,
        allow_missing=arguments.allow_missing,
        from_step=arguments.from_step,
        mails=arguments.mails,
    )
    progress = Progress(clock)
    with open_installation(settings, clock) as real, _or_rehearsal(real, arguments.dry_run) as installation:
        _must_have_inbox(options.inbox)
        say(f"Månadsuppföljning {arguments.period.swedish}")
        today = arguments.today or clock.today()
        earlier = _history(installation, arguments.history, options.inbox, today, progress)
        with hold_month(installation, arguments.period, today, options, progress) as month:
            outcome = follow_up(month, progress.timed)
        say(run_summary(installation, arguments.period, outcome, dry_run=arguments.dry_run))
    return max(outcome.exit_code, code_of(earlier))


def _history(
    installation: Installation, folder: Path | None, inbox: Path, today: date, progress: Progress
) -> list[Arrival]:
    """Take in earlier months' files before a month is run; show and return those that weren't let in."""
    if folder is None:
        return []
    arrivals = progress.timed(receive_history, installation, folder, inbox, today, progress)
    not_let_in = [one for one in arrivals if one.state not in ("accepted", "known") and not one.was_seen]
    for arrival in not_let_in:
        say(arrival_text(arrival) + how_to_decide(arrival))
    return not_let_in


def preview_command(arguments: Namespace) -> int:
    """Write every mail and report that a run would make, and change nothing."""
    settings, clock = read_settings(), Clock()
    options = Options(inbox=settings.inbox, allow_missing=True, mails=arguments.mails)
    with open_installation(settings, clock) as real, rehearse(real) as installation:
        _must_have_inbox(options.inbox)
        today = arguments.today or clock.today()
        with hold_month(installation, arguments.period, today, options, lambda _: None) as month:
            outcome = follow_up(month)
            written = write_preview(month, arguments.out)
    if outcome.state == "failed":
        say(f"En körning skulle stanna: {outcome.reason}")
    say(f"{len(written)} filer i {arguments.out.absolute()}. Börja med {written[0].name}.")
    say("Inget är skickat eller ändrat.")
    return FAILED if outcome.state == "failed" else DONE


def chase_command(arguments: Namespace) -> int:
    """Remind and escalate what is due, and send what waits."""
    settings, clock = read_settings(), Clock()
    settings.check_addresses()
    with open_installation(settings, clock) as installation:
        today = arguments.today or clock.today()
        outcome = chase(installation, today)
    say(chase_text(outcome, today))
    return NOT_FINISHED if outcome.unfinished else DONE


def _must_have_inbox(inbox: Path) -> None:
    """Raise UsageError before a month is touched for a folder that isn't there."""
    if not inbox.is_dir():
        raise UsageError(f"Inkorgen {inbox} finns inte: skapa mappen eller ange en annan med --inbox.")


@contextmanager
def _or_rehearsal(installation: Installation, dry_run: bool) -> Iterator[Installation]:
    if not dry_run:
        yield installation
        return
    with rehearse(installation) as rehearsal:
        yield rehearsal
