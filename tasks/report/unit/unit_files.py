"""The report of a unit or an area as a file, or as JSON."""

import re
from pathlib import Path

from tasks.installation import Installation
from tasks.report.report_files import DocumentForm, document_bytes, write_file
from tasks.report.unit.gather_unit import unit_report
from tasks.report.unit.unit_page import unit_page
from tasks.report.write_report import KeptReport
from tasks.rules.json_keys import to_json
from tasks.rules.json_values import Json
from tasks.rules.periods import Period


def unit_json(installation: Installation, kept: KeptReport, code: str) -> Json:
    """Return the report of a unit or an area as JSON: the month's lists with its rows alone.

    Raises UnknownUnitError.
    """
    with installation.database.transaction() as transaction:
        report = unit_report(transaction, kept, Period.parse(kept.content["period"]), code)
    found: Json = to_json(report)
    return found


def write_unit(
    installation: Installation, kept: KeptReport, code: str, form: DocumentForm, out: Path | None
) -> Path:
    """Write the report of a unit or an area and return its path. Raises UnknownUnitError and UsageError."""
    period = Period.parse(kept.content["period"])
    with installation.database.transaction() as transaction:
        report = unit_report(transaction, kept, period, code)
    values = unit_page(report, kept.page_values(installation.config.mail.administration))
    name = "enhet_" + re.sub(r"[^\w-]", "_", code)
    path = out or installation.settings.report_path(str(period), form, name)
    return write_file(path, document_bytes(values, form, "unit", period.last_day))
