"""`manad status`, `manad deviations` and `manad report`: what is known of a month that was run."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from flows.cli.exit_codes import DONE
from flows.terminal.show_deviations import areas_text, deviations_text
from flows.terminal.show_month import assessed_units, status_text
from flows.terminal.terminal import as_json, complain, say
from tasks.assessment.warned_units import month_areas, month_warnings
from tasks.clock import Clock
from tasks.errors import UsageError
from tasks.installation import Installation, open_installation
from tasks.operations.show_month import month_status
from tasks.rules.json_keys import to_json
from tasks.settings import read_settings

if TYPE_CHECKING:
    from tasks.report.write_report import KeptReport


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
    """Write a month's report, its tertial's, a unit's, or its figures for the city's planning system."""
    from tasks.report.report_files import check_tertial  # noqa: PLC0415 - loads the rules
    from tasks.report.write_report import known_report  # noqa: PLC0415

    if arguments.unit and (arguments.tertial or arguments.format == "ilsweb"):
        raise UsageError("--unit är månadens rapport för en enhet: välj html, xlsx, docx eller json.")
    if arguments.tertial:
        check_tertial(arguments.period)
    with open_installation(read_settings(), Clock()) as installation:
        report = known_report(installation, arguments.period)
        _FORMS.get(arguments.format, _say_document)(installation, report, arguments)
    return DONE


def _say_json(installation: Installation, report: "KeptReport", arguments: Namespace) -> None:
    from tasks.report.report_files import report_json  # noqa: PLC0415
    from tasks.report.unit.unit_files import unit_json  # noqa: PLC0415

    content = (
        unit_json(installation, report, arguments.unit)
        if arguments.unit
        else report_json(report, is_of_tertial=arguments.tertial)
    )
    text = as_json(content)
    if arguments.out is None:
        say(text)
    else:
        _write(arguments.out, text + "\n")


def _say_ilsweb(installation: Installation, report: "KeptReport", arguments: Namespace) -> None:
    from tasks.report.tertial.ilsweb_file import write_ilsweb  # noqa: PLC0415

    path, left_out = write_ilsweb(installation, report, arguments.out)
    for line in left_out:
        complain(line)
    say(str(path))


def _say_document(installation: Installation, report: "KeptReport", arguments: Namespace) -> None:
    from tasks.report.report_files import write_document  # noqa: PLC0415
    from tasks.report.unit.unit_files import write_unit  # noqa: PLC0415

    form, out = arguments.format, arguments.out
    if arguments.unit:
        say(str(write_unit(installation, report, arguments.unit, form, out)))
    else:
        say(str(write_document(installation, report, form, out, is_of_tertial=arguments.tertial)))


_FORMS = {"json": _say_json, "ilsweb": _say_ilsweb}


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"Det går inte att skriva {path}: {error.strerror}.") from error
