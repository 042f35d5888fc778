"""A kept report as the file that is asked for: the page, Excel or Word, all of the same frozen data."""

from datetime import date
from pathlib import Path
from typing import Literal

from notifications.page import render_page
from notifications.reports.month import MonthPage
from notifications.reports.tertial import TertialPage
from tasks.errors import UsageError
from tasks.installation import Installation
from tasks.report.tertial.tertial_page import tertial_page, tertial_sheets
from tasks.report.write_report import KeptReport
from tasks.rules.json_values import Json
from tasks.rules.periods import Period
from tasks.rules.report.tertial.occasion import is_tertial

DocumentForm = Literal["html", "xlsx", "docx"]
TERTIAL_NAME = "tertialrapport"


def check_tertial(period: Period) -> None:
    """Refuse a month that ends no tertial. Raises UsageError."""
    if not is_tertial(period):
        raise UsageError(
            f"{period} avslutar inget tertial. Ange april, augusti eller december: {period.year}-04, "
            f"{period.year}-08 eller {period.year}-12."
        )


def report_json(report: KeptReport, *, is_of_tertial: bool = False) -> Json:
    """Return a report's JSON by the contract; a tertial's is the month's, and says so."""
    return {**report.content, "tertial": True} if is_of_tertial else report.content


def write_document(
    installation: Installation,
    report: KeptReport,
    form: DocumentForm,
    out: Path | None,
    *,
    is_of_tertial: bool = False,
) -> Path:
    """Write a report in a form and return its path. Raises UsageError when it can't be written."""
    settings, period = installation.settings, report.content["period"]
    name = TERTIAL_NAME if is_of_tertial else "manadsrapport"
    path = out or settings.report_path(period, form, name)
    administration = installation.config.mail.administration
    return write_file(path, report_bytes(report, form, administration, is_of_tertial=is_of_tertial))


def write_file(path: Path, content: bytes) -> Path:
    """Write a file, with its folder, and return its path. Raises UsageError when it can't be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(f"Det går inte att skriva {path}: {error.strerror}.") from error
    return path.absolute()


def report_bytes(
    report: KeptReport, form: DocumentForm, administration: str, *, is_of_tertial: bool = False
) -> bytes:
    """Return a report in a form; it is the same bytes whenever it is made."""
    if form == "html" and not is_of_tertial:
        return report.page(administration).encode("utf-8")
    page, made = report.page_values(administration), Period.parse(report.content["period"]).last_day
    values = _of_tertial(report, page, form) if is_of_tertial else page
    return document_bytes(values, form, "tertial", made)


def document_bytes(values: MonthPage | TertialPage, form: DocumentForm, template: str, made: date) -> bytes:
    """Return a page's values in a form. template: the page's folder. made: the day that it says it is of."""
    if form == "html":
        return render_page(template, values).encode("utf-8")
    if form == "xlsx":
        from notifications.documents.workbook import workbook  # noqa: PLC0415 - loads the writer of Excel

        return workbook(values, made)
    from notifications.documents.document import document  # noqa: PLC0415 - loads the writer of Word

    return document(values, made)


def _of_tertial(report: KeptReport, page: MonthPage, form: DocumentForm) -> TertialPage:
    return tertial_sheets(report.read(), page) if form == "xlsx" else tertial_page(report.read(), page)
