"""A kept report as the file that is asked for: the page, Excel or Word, all of the same frozen data."""

from pathlib import Path
from typing import Literal

from tasks.errors import UsageError
from tasks.installation import Installation
from tasks.report.write_report import KeptReport
from tasks.rules.periods import Period

DocumentForm = Literal["html", "xlsx", "docx"]


def write_document(
    installation: Installation, report: KeptReport, form: DocumentForm, out: Path | None
) -> Path:
    """Write a report in a form and return its path. Raises UsageError when it can't be written."""
    path = out or installation.settings.report_path(report.content["period"], form)
    content = report_bytes(report, form, installation.config.mail.administration)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(f"Det går inte att skriva {path}: {error.strerror}.") from error
    return path.absolute()


def report_bytes(report: KeptReport, form: DocumentForm, administration: str) -> bytes:
    """Return a report in a form; it is the same bytes whenever it is made."""
    if form == "html":
        return report.page(administration).encode("utf-8")
    page, made = report.page_values(administration), Period.parse(report.content["period"]).last_day
    if form == "xlsx":
        from notifications.documents.workbook import workbook  # noqa: PLC0415 - loads the writer of Excel

        return workbook(page, made)
    from notifications.documents.document import document  # noqa: PLC0415 - loads the writer of Word

    return document(page, made)
