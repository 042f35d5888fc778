"""The month's report: the step that makes and keeps it, and the newest for the one who asks."""

import json
from pathlib import Path
from typing import Any

from sql.database import Transaction
from tasks.assessment.assessed import assessed_areas, assessed_units, known_assessment, latest_assessment
from tasks.assessment.forecast_record import forecast_record
from tasks.assessment.warned_units import UnknownMonthError, warned_units
from tasks.deliveries.raw_files import write_whole
from tasks.errors import UsageError
from tasks.figures.delivered_rows import delivered_rows
from tasks.installation import Installation
from tasks.month import Month
from tasks.plans.month_plans import month_plans
from tasks.plans.plan_rows import plan_row, reach_row
from tasks.register import read_register
from tasks.report.page import report_page
from tasks.rules.assessment.learnt import ALL_TYPES, Learnt
from tasks.rules.deliveries.completeness import Coverage
from tasks.rules.json_values import as_number, fingerprint
from tasks.rules.operations.state import Step
from tasks.rules.periods import Period
from tasks.rules.report.month_report import MonthFigures, Row, month_report
from tasks.sources import all_sources

STEP: Step = "write_report"
VERSION = 4
"""Changes when the report's form does, so that it is made anew."""


def write_report(month: Month) -> dict[str, Any]:
    """Make and keep the report, unless it would be the same; write its page where it lacks.

    Returns the report's version. Raises StorageFullError, and then nothing is kept.
    """
    with month.saving() as transaction:
        content = _content(month, transaction)
        mark = fingerprint(
            [VERSION, _without_numbers(content), month.installation.config.mail.administration]
        )
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


def _keep(month: Month, transaction: Transaction, content: dict[str, Any]) -> dict[str, Any]:
    day = month.period.first_day
    assessment = known_assessment(transaction, month.period)
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
    assessment = latest_assessment(transaction, month.period)
    units = [] if assessment is None else assessed_units(transaction, assessment.id)
    areas = [] if assessment is None else assessed_areas(transaction, assessment.id)
    plans = month_plans(transaction, month.installation.mail_mode, month.period, units)
    figures = MonthFigures(
        period=month.period,
        missing=[] if assessment is None else assessment.missing,
        complete=assessment is not None and assessment.complete,
        rows={name: _rows(transaction, name, month) for name in all_sources()},
        register=register,
        deviations=[
            warned.as_json()
            for warned in warned_units(
                transaction, units, plans, month.period, month.installation.config.risk
            )
        ],
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
            for row in transaction.rows("figures/list_changed_months", period=day)
        ],
        assessed=sum(unit.deviation is not None for unit in units),
        units=len(units),
        absent=_absent(month, transaction),
        areas=[area.as_json() for area in areas],
        plans=[plan_row(each) for each in plans],
        reach=reach_row(register, month.period, units, plans),
        accuracy=forecast_record(transaction, units, register, month.period),
        signals=[row._asdict() for row in transaction.rows("signals/list_latest", period=day)],
        assistance_before=_assistance_before(transaction, month.period),
        backtest=_backtest(transaction, month.period),
    )
    config = month.installation.config
    content = month_report(
        figures,
        config.result_units,
        config.report.ekonomiskt_bistand_och_arbetsmarknad,
        fewest_employees=config.small_groups.fewest_employees,
        fewest_persons=config.small_groups.fewest_persons,
    )
    plain: dict[str, Any] = json.loads(json.dumps(content, default=as_number))
    return plain


def _without_numbers(content: dict[str, Any]) -> dict[str, Any]:
    """Leave out the plans' numbers in the database, which say nothing about them."""
    plans = [{key: value for key, value in plan.items() if key != "id"} for plan in content["atgardsplaner"]]
    return {**content, "atgardsplaner": plans}


def _backtest(transaction: Transaction, period: Period) -> Row | None:
    """Return what a replay of old years measured, as known to the month."""
    learnt = transaction.row("assessment/find_learnt", period=period.first_day)
    if learnt is None:
        return None
    measured = learnt.measures
    return {
        "larnt": learnt.learnt_on.isoformat(),
        "fran": measured["first_year"],
        "till": measured["last_year"],
        "fel": measured["errors"],
        "inom": measured["coverage"],
        "kvar": Learnt.of_data(learnt.learnt).stays.get(ALL_TYPES, (None,) * 11),
        "larm": measured["alarms"],
    }


def _assistance_before(transaction: Transaction, period: Period) -> dict[Period, Row]:
    """Return bistand's row of each earlier month of this and last year."""
    rows = delivered_rows(transaction, "bistand", Period(period.year - 1, 1), period.plus(-1))
    return {row.period: row.as_row for row in rows}


def _absent(month: Month, transaction: Transaction) -> list[Coverage]:
    """Return the units that each source lacks, as the check found them."""
    checked = transaction.row("operations/find_step", period=month.period.first_day, step="check_month")
    coverage = () if checked is None else checked.result["coverage"]
    return [Coverage(each["source"], tuple(each["absent"]), each["expected"]) for each in coverage]


def _rows(transaction: Transaction, source: str, month: Month) -> list[Row]:
    """Return a source's rows of the month with every column that it may have."""
    empty = dict.fromkeys(column.name for column in all_sources()[source].figure_columns)
    return [
        {"unit": row.unit, "item": row.item, **empty, **row.cells}
        for row in delivered_rows(transaction, source, month.period, month.period)
    ]
