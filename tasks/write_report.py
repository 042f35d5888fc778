"""The step that makes the month's report, keeps it, and writes the page."""

import json
from typing import Any

from sql.database import Transaction
from tasks.month import Month
from tasks.raw_files import write_whole
from tasks.register import read_register
from tasks.report_page import report_page
from tasks.rules.completeness import Coverage
from tasks.rules.declaration import Kind
from tasks.rules.fingerprint import fingerprint
from tasks.rules.month_report import MonthFigures, Row, month_report
from tasks.rules.month_state import Step
from tasks.show_month import as_number, deviation
from tasks.sources import all_sources

STEP: Step = "write_report"
VERSION = 2
"""Changes when the report's form does, so that it is made anew."""


def write_report(month: Month) -> dict[str, Any]:
    """Make and keep the report, unless it would be the same; write its page where it lacks.

    Returns the report's version. Raises StorageFullError, and then nothing is kept.
    """
    with month.saving() as transaction:
        content = _content(month, transaction)
        mark = fingerprint([VERSION, content, month.installation.config.mail.administration])
        result = month.made_before(transaction, STEP, mark)
        made = result is None
        if result is None:
            result = _keep(month, transaction, content)
            month.remember(transaction, STEP, mark, result)
        month.advance(transaction, STEP, "done", made=made)
        if not month.installation.rehearsal:  # before the commit: a page that can't be written is made again
            _write_page(month, content, result["version"], anew=made)
    month.progress(f"version {result['version']}" if made else "oförändrad")
    return result


def _keep(month: Month, transaction: Transaction, content: dict[str, Any]) -> dict[str, Any]:
    day = month.period.first_day
    assessment = transaction.row("assessment/find_latest", period=day)
    if assessment is None:
        raise LookupError("the month is not assessed")
    version = transaction.value("report/insert_report", period=day, assessment=assessment.id, content=content)
    return {"version": version}


def _write_page(month: Month, content: dict[str, Any], version: int, *, anew: bool) -> None:
    path = month.installation.settings.report_path(str(month.period))
    if anew or not path.exists():
        page = report_page(content, version, month.installation.config.mail.administration)
        write_whole(path, page)


def _content(month: Month, transaction: Transaction) -> dict[str, Any]:
    day = month.period.first_day
    register = read_register(transaction, month.period)
    assessment = transaction.row("assessment/find_latest", period=day)
    units = [] if assessment is None else transaction.rows("assessment/list_units", assessment=assessment.id)
    figures = MonthFigures(
        period=month.period,
        missing=[] if assessment is None else assessment.missing,
        complete=assessment is not None and assessment.complete,
        rows={name: _rows(transaction, name, month) for name in all_sources()},
        register=register,
        deviations=[deviation(unit) for unit in units if unit.signal is not None],
        changed=[
            {
                "enhet": row.unit,
                "period": f"{row.period:%Y-%m}",
                "utfall_fore": row.outcome_before,
                "utfall": row.outcome_after,
                "budget_fore": row.budget_before,
                "budget": row.budget_after,
                "rad": row.first_row,
            }
            for row in transaction.rows("ledger/list_changed_months", period=day)
        ],
        assessed=sum(unit.deviation is not None for unit in units),
        units=len(units),
        absent=_absent(month, transaction),
    )
    config = month.installation.config
    content = month_report(figures, config.result_units, config.report.ekonomiskt_bistand_och_arbetsmarknad)
    plain: dict[str, Any] = json.loads(json.dumps(content, default=as_number))
    return plain


def _absent(month: Month, transaction: Transaction) -> list[Coverage]:
    """Return the units that each source lacks, as the check found them."""
    checked = transaction.row("month/find_step", period=month.period.first_day, step="check_month")
    coverage = () if checked is None else checked.result["coverage"]
    return [Coverage(each["source"], tuple(each["absent"]), each["expected"]) for each in coverage]


def _rows(transaction: Transaction, source: str, month: Month) -> list[Row]:
    """Put a source's narrow figures together again, a mapping for each delivered row."""
    declared = all_sources()[source]
    empty = dict.fromkeys(column.name for column in declared.figure_columns)
    rows: dict[int, dict[str, Any]] = {}
    for one in transaction.rows("figure/list_of_source", source=source, period=month.period.first_day):
        row = rows.setdefault(one.row_no, {"unit": one.unit, "item": one.item, **empty})
        row[one.measure] = _cell(declared.column(one.measure).kind, one)
    return list(rows.values())


def _cell(kind: Kind, figure: Any) -> Any:
    """Return a cell as it is reported: a target keeps the text that was published."""
    if kind.is_numeric:
        return figure.value
    return figure.value if kind is Kind.NUMBER_OR_TEXT and figure.value is not None else figure.note
