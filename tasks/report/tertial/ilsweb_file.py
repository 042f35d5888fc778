"""The file of a month's figures for the city's planning system, and what is said of those left out."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from tasks.errors import UsageError
from tasks.installation import Installation
from tasks.report.write_report import KeptReport
from tasks.rules.report.ilsweb.lines import HEAD, IlswebFile, LeftOut, ilsweb_file
from tasks.rules.report.ilsweb.measures import Kind, measures
from tasks.rules.report.ilsweb.settings import IlswebSettings
from tasks.rules.swedish import counted

NAME = "ilsweb"
KIND_TITLES: dict[Kind, str] = {
    "indicators": "Indikatorer",
    "areas": "Verksamhetsområden",
    "budget_sides": "Kostnader och intäkter",
    "investments": "Investeringar",
}


def write_ilsweb(installation: Installation, report: KeptReport, out: Path | None) -> tuple[Path, list[str]]:
    """Write the file; return its path and what was left out, a line each. Raises UsageError."""
    made = _made(report, installation.config.ilsweb)
    path = out or installation.settings.report_path(report.content["period"], "csv", NAME)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_text(made), encoding="utf-8", newline="")
    except OSError as error:
        raise UsageError(f"Det går inte att skriva {path}: {error.strerror}.") from error
    return path.absolute(), list(_left_out(made.left_out))


def _made(report: KeptReport, settings: IlswebSettings) -> IlswebFile:
    told = report.read()
    return ilsweb_file(tuple(measures(told)), settings, told.period.last_day)


def _text(made: IlswebFile) -> str:
    text = StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows((HEAD, *made.lines))
    return text.getvalue()


def _left_out(left_out: LeftOut) -> Iterator[str]:
    """Say what isn't in the file, so that it can be mapped, or typed."""
    for kind, names in left_out.unmapped.items():
        yield f"{KIND_TITLES[kind]} utan kod i [ilsweb.{kind}]:"
        yield from (f"  {name}" for name in names)
    if left_out.ambiguous:
        yield "Flera mått har samma kod, och inget av dem är med. Skriv målets kod före namnet:"
        yield from (f"  {name}" for name in left_out.ambiguous)
    for kind, names in left_out.unused.items():
        yield f"Står i [ilsweb.{kind}] men finns inte i månaden:"
        yield from (f"  {name}" for name in names)
    if left_out.hidden:
        yield f"{counted(left_out.hidden, 'uppgift', 'uppgifter')} om få personer är inte med."
    if left_out.words:
        yield f"{counted(left_out.words, 'uppgift', 'uppgifter')} i ord är inte med."
