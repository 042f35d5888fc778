"""A month's report for the one who asks: the newest that was kept."""

from pathlib import Path
from typing import Any

from tasks.assessment.warnings import UnknownMonthError
from tasks.errors import UsageError
from tasks.installation import Installation
from tasks.report.page import report_page
from tasks.rules.periods import Period


def report_content(installation: Installation, period: Period) -> tuple[dict[str, Any], int]:
    """Return the newest report's content by the contract, and its version. Raises UnknownMonthError."""
    with installation.database.transaction() as transaction:
        found = transaction.row("report/find_latest", period=period.first_day)
    if found is None:
        raise UnknownMonthError(period)
    return dict(found.content), found.version


def write_html(installation: Installation, content: dict[str, Any], version: int, out: Path | None) -> Path:
    """Write the report's page and return its path. Raises UsageError when it can't be written."""
    path = out or installation.settings.report_path(content["period"])
    page = report_page(content, version, installation.config.mail.administration)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"Det går inte att skriva {path}: {error.strerror}.") from error
    return path.absolute()
