"""`manad status`, `manad deviations` and `manad report`: what is known of a month that was run."""

from argparse import Namespace
from pathlib import Path

from flows.cli.exit_codes import DONE
from flows.terminal.show_deviations import areas_text, deviations_text
from flows.terminal.show_month import assessed_units, status_text
from flows.terminal.terminal import as_json, say
from tasks.assessment.warned_units import month_areas, month_warnings
from tasks.clock import Clock
from tasks.errors import UsageError
from tasks.installation import open_installation
from tasks.operations.show_month import month_status
from tasks.rules.json_keys import to_json
from tasks.settings import read_settings


def status_command(arguments: Namespace) -> int:
    """Show where a month stands."""
    with open_installation(read_settings(), Clock()) as installation:
        status = month_status(installation, arguments.period)
    say(as_json(status.as_json()) if arguments.json else status_text(status))
    return DONE


def deviations_command(arguments: Namespace) -> int:
    """Show a month's warnings, worst first."""
    with open_installation(read_settings(), Clock()) as installation:
        warnings = month_warnings(installation, arguments.period, arguments.order)
        areas = month_areas(installation, arguments.period)
        assessed = assessed_units(month_status(installation, arguments.period))
    text = deviations_text(warnings, arguments.period, assessed=assessed, order=arguments.order)
    say(as_json(to_json(warnings)) if arguments.json else f"{text}\n\n{areas_text(areas)}".rstrip())
    return DONE


def report_command(arguments: Namespace) -> int:
    """Write a month's report, or its tertial's."""
    from tasks.report.report_files import check_tertial, report_json, write_document  # noqa: PLC0415 - loads rules
    from tasks.report.write_report import known_report  # noqa: PLC0415

    tertial = arguments.tertial
    if tertial:
        check_tertial(arguments.period)
    with open_installation(read_settings(), Clock()) as installation:
        report = known_report(installation, arguments.period)
        if arguments.format != "json":
            form, out = arguments.format, arguments.out
            say(str(write_document(installation, report, form, out, is_of_tertial=tertial)))
            return DONE
    text = as_json(report_json(report, is_of_tertial=tertial))
    if arguments.out is None:
        say(text)
    else:
        _write(arguments.out, text + "\n")
    return DONE


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"Det går inte att skriva {path}: {error.strerror}.") from error
