"""What each command does: opens the installation, asks a task, shows the answer."""

import signal
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from flows.serving.listeners import heard, server_of
from flows.terminal import show
from flows.terminal.show_deviations import areas_text, deviations_text
from flows.terminal.terminal import as_json, complain, say
from tasks.assessment.warnings import month_areas, month_deviations
from tasks.clock import Clock
from tasks.errors import ManadError, UsageError
from tasks.installation import EXPECTED_ERRORS, Installation, open_installation, rehearse
from tasks.operations.show_month import month_status
from tasks.rules.json_values import as_number
from tasks.settings import read_settings

FAILED = 4
INTERRUPTED = 130
ROOMS = {"mail": "mail_commands", "fetch": "fetch_commands", "serve": "serve_commands"}
"""Where commands that aren't here stand, by their first word; the rest are about plans."""


def found(name: str) -> Callable[[Namespace], int]:
    """Return the function of a command."""
    if name in globals():
        own: Callable[[Namespace], int] = globals()[name]
        return own
    room = ROOMS.get(name.partition("_")[0], "plan_commands")
    command: Callable[[Namespace], int] = getattr(import_module(f"flows.cli.{room}"), name)
    return command


def guarded(command: Callable[[Namespace], int], arguments: Namespace) -> int:
    """Run a command; what goes wrong is one line and an exit code, never a traceback."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # being stopped is left as cleanly as Ctrl-C
    try:
        return command(arguments)
    except EXPECTED_ERRORS as error:
        complain(f"manad: {error}")
        return error.exit_code if isinstance(error, ManadError) else FAILED
    except KeyboardInterrupt:
        complain("manad: avbruten. Inget är halvt sparat; kör samma kommando igen.")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a traceback helps nobody at a terminal: it is kept in a file
        from tasks.operations.stop_month import unforeseen  # noqa: PLC0415

        complain(f"manad: {unforeseen(read_settings().home, arguments.command_function, error)}")
        return FAILED


@contextmanager
def _installation() -> Iterator[Installation]:
    with open_installation(read_settings(), Clock()) as installation:
        yield installation


def run_command(arguments: Namespace) -> int:
    """Run a month from files to mails and report."""
    from flows.month import follow_up  # noqa: PLC0415 - status and the like answer without loading the steps
    from tasks.month import Options, hold_month  # noqa: PLC0415

    settings, clock = read_settings(), Clock()
    settings.check_addresses()
    options = Options(
        inbox=(arguments.inbox or settings.inbox).absolute(),
        no_mail=arguments.no_mail,
        allow_missing=arguments.allow_missing,
        from_step=arguments.from_step,
        mails=arguments.mails,
    )
    progress = show.Progress(clock)
    with open_installation(settings, clock) as real, _or_rehearsal(real, arguments.dry_run) as installation:
        _must_have_inbox(options.inbox)
        say(f"Månadsuppföljning {arguments.period.swedish}")
        today = arguments.today or clock.today()
        with hold_month(installation, arguments.period, today, options, progress) as month:
            outcome = follow_up(month, progress.timed)
        say(show.run_summary(installation, arguments.period, outcome, dry_run=arguments.dry_run))
    return outcome.exit_code


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


def deliver_command(arguments: Namespace) -> int:
    """Hand in files and show each one's receipt; where a server is known, the last file runs the month."""
    from tasks.deliveries.receive_deliveries import receive_files  # noqa: PLC0415

    for path in arguments.files:
        if path.is_dir():
            raise UsageError(
                f"{path} är en mapp: ange filerna, eller ta in hela mappen med manad run --inbox."
            )
        if not path.is_file():
            raise UsageError(f"Filen {path} finns inte: kontrollera namn och mapp.")
    with _installation() as installation:
        arrivals = receive_files(
            installation,
            arguments.files,
            arguments.today or installation.clock.today(),
            source=arguments.source,
            period=arguments.period,
            told=lambda arrival: say(show.arrival_text(arrival)),
        )
        if server_of(installation) is not None:
            from flows.announce import announce_arrivals  # noqa: PLC0415 - loads Prefect

            with heard(installation):
                announce_arrivals(installation, arrivals, installation.clock.today())
    return int(any(arrival.state in ("refused", "ignored", "growing") for arrival in arrivals))


def status_command(arguments: Namespace) -> int:
    """Show where a month stands."""
    with _installation() as installation:
        status = month_status(installation, arguments.period)
    say(_json(status) if arguments.json else show.status_text(status))
    return 0


def deviations_command(arguments: Namespace) -> int:
    """Show a month's warnings, worst first."""
    with _installation() as installation:
        found = month_deviations(installation, arguments.period, arguments.order)
        areas = month_areas(installation, arguments.period)
        assessed = show.assessed_units(month_status(installation, arguments.period))
    text = deviations_text(found, arguments.period, assessed=assessed, order=arguments.order)
    say(_json(found) if arguments.json else f"{text}\n\n{areas_text(areas)}".rstrip())
    return 0


def preview_command(arguments: Namespace) -> int:
    """Write every mail and report that a run would make, and change nothing."""
    from flows.month import follow_up  # noqa: PLC0415
    from tasks.month import Options, hold_month  # noqa: PLC0415
    from tasks.operations.preview_month import write_preview  # noqa: PLC0415

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
    return FAILED if outcome.state == "failed" else 0


def report_command(arguments: Namespace) -> int:
    """Write a month's report."""
    from tasks.report.write_report import report_content, write_html  # noqa: PLC0415

    with _installation() as installation:
        content, version = report_content(installation, arguments.period)
        if arguments.format == "html":
            say(str(write_html(installation, content, version, arguments.out)))
        elif arguments.out is None:
            say(_json(content))
        else:
            _write(arguments.out, _json(content) + "\n")
    return 0


def backtest_command(arguments: Namespace) -> int:
    """Replay old years."""
    from flows.terminal.show_backtest import backtest_text  # noqa: PLC0415
    from tasks.assessment.backtest_years import backtest_years  # noqa: PLC0415

    with _installation() as installation:
        today = arguments.today or installation.clock.today()
        found = backtest_years(installation, arguments.file, arguments.out, today, say)
    say(backtest_text(found.measures, found.learnt, found.rows, arguments.out))
    return 0


def demo_command(arguments: Namespace) -> int:
    """Write a fictional administration's deliveries."""
    from demo.generate import generate  # noqa: PLC0415

    written = generate(arguments.out, period=arguments.period, units=arguments.units, seed=arguments.seed)
    say(f"{len(written)} filer i {arguments.out.absolute()}. Kör månaden med:")
    say(f"  manad run {arguments.period} --inbox {arguments.out}")
    return 0


def doctor_command(_: Namespace) -> int:
    """Check whether everything that a month needs is in place."""
    from tasks.operations.check_installation import check_installation  # noqa: PLC0415

    checks = check_installation(read_settings(), Clock())
    say(show.doctor_text(checks))
    return 0 if all(check.is_well for check in checks) else FAILED


def _json(value: Any) -> str:
    return as_json(value, as_number)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"Det går inte att skriva {path}: {error.strerror}.") from error
