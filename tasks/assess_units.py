"""The step that holds every unit's year forecast against its budget, and keeps what it found."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from sql.database import Transaction
from tasks.calendar import swedish_free_days
from tasks.month import Month
from tasks.register import read_register
from tasks.rules.completeness import assessed_sentence
from tasks.rules.deviation import Deviation, assess_deviation
from tasks.rules.deviation_facts import DeviationFacts, Method
from tasks.rules.fingerprint import fingerprint
from tasks.rules.forecast import YEARS_OF_PATTERN, as_decimal, year_forecast
from tasks.rules.month_state import Step
from tasks.rules.organisation import UNIT, Register, UnitVersion
from tasks.rules.periods import Period
from tasks.rules.working_days import add_working_days
from tasks.unit_months import Months, row_ranges, table, total, unit_months

STEP: Step = "assess_units"
RULE = "own pattern 1, units counted"
"""Changes when the rule or its result does, so that months are assessed anew."""


@dataclass(frozen=True)
class Gathered:
    """What an assessment is made of."""

    units: Sequence[UnitVersion]
    months: Mapping[str, Months]
    budgets: Mapping[str, Decimal]
    deliveries: Mapping[int, Sequence[Any]]
    completeness: Mapping[str, Any]
    settings: Mapping[str, Any]


def assess_units(month: Month) -> dict[str, Any]:
    """Assess every unit of the month, unless it is made of the same deliveries and settings already.

    Returns the assessment's id, the number of warnings by level, and how many units could be assessed.
    """
    with month.reading() as transaction:
        gathered = _gather(month, transaction)
        mark = fingerprint(
            [RULE, list(gathered.deliveries.values()), gathered.settings, gathered.completeness]
        )
        made = month.made_before(transaction, STEP, mark)
    if made is None:
        found = _decide(month, gathered)
        made = _save(month, gathered, found, mark)
    else:
        with month.saving() as transaction:
            month.advance(transaction, STEP, "done", made=False)
    told = assessed_sentence(made["bedomda"], made["enheter"])
    month.progress(f"{told}, {made['larm']} larm, {made['bevaka']} att bevaka")
    return made


def _gather(month: Month, transaction: Transaction) -> Gathered:
    period = month.period
    register = read_register(transaction, month.period)
    used = {
        row.id: [source, row.period, row.revision]
        for source in ("organisation", "ekonomi", "prognos")
        for row in transaction.rows(
            "delivery/list_current", source=source, first=date(1900, 1, 1), last=period.first_day
        )
    }
    return Gathered(
        units=[unit for unit in register.all_valid(period) if unit.level == UNIT],
        months=unit_months(register, transaction, period, YEARS_OF_PATTERN),
        budgets=_forecast_budgets(register, transaction, period),
        deliveries=used,
        completeness=_checked(month, transaction),
        settings=month.installation.config.as_data("deviation", "plan"),
    )


def _checked(month: Month, transaction: Transaction) -> Mapping[str, Any]:
    """Return what the check before found: whether the month is complete, and which sources it lacks."""
    step = transaction.row("month/find_step", period=month.period.first_day, step="check_month")
    if step is None:
        raise LookupError("the month has not been checked")
    found: Mapping[str, Any] = step.result
    return found


def _forecast_budgets(register: Register, transaction: Transaction, period: Period) -> dict[str, Decimal]:
    rows = transaction.rows("figure/list_of_source", source="prognos", period=period.first_day)
    return {
        row.unit: row.value
        for row in rows
        if row.measure == "budget" and row.value is not None and register.unit(row.unit, period) is not None
    }


def _decide(month: Month, gathered: Gathered) -> list[tuple[UnitVersion, Deviation]]:
    period, settings = month.period, month.installation.config.deviation
    months = [gathered.months[unit.code] for unit in gathered.units]
    this_year = [Period(period.year, number) for number in range(1, 13)]
    past = [
        [Period(year, number) for number in range(1, 13)]
        for year in range(period.year - YEARS_OF_PATTERN, period.year)
    ]
    outcome = table(months, this_year, "outcome")
    outcome[:, period.month :] = np.nan
    history = np.stack([table(months, year, "outcome") for year in past], axis=1)
    forecast = year_forecast(outcome, period.month, history, table(months, this_year, "budget"))
    return [
        (
            unit,
            assess_deviation(
                DeviationFacts(
                    period=period,
                    outcome=total(own, this_year[: period.month], "outcome"),
                    budget=_year_budget(own, this_year, gathered.budgets.get(unit.code)),
                    forecast=as_decimal(forecast.forecast[index]),
                    method=_method(str(forecast.method[index])),
                    share_of_year=as_decimal(forecast.share_of_year[index] * 100, 4),
                    lower=as_decimal(forecast.lower[index]),
                    upper=as_decimal(forecast.upper[index]),
                ),
                settings,
            ),
        )
        for index, (unit, own) in enumerate(zip(gathered.units, months, strict=True))
    ]


def _year_budget(own: Months, year: Sequence[Period], delivered: Decimal | None) -> Decimal | None:
    """Return the sum of the twelve months' budgets, else the budget of the forecast, else missing."""
    summed = total(own, year, "budget")
    return delivered if summed is None else summed


def _method(name: str) -> Method:
    return "pattern" if name == "pattern" else "budget" if name == "budget" else "missing"


def _save(
    month: Month, gathered: Gathered, found: Sequence[tuple[UnitVersion, Deviation]], mark: str
) -> dict[str, Any]:
    day = month.period.first_day
    with month.saving() as transaction:
        plan_due = transaction.value(
            "month/set_first_assessed", period=day, day=month.today, plan_due=_plan_due(month, month.today)
        )
        assessment = transaction.row(
            "assessment/insert_assessment",
            period=day,
            assessed_on=month.today,
            settings=dict(gathered.settings),
            complete=gathered.completeness["complete"],
            missing=list(gathered.completeness["missing"]),
            units_valid=len(gathered.units),
            units_present=sum(each.facts.outcome is not None for _, each in found),
        )
        if assessment is None:
            raise LookupError("no assessment was stored")
        transaction.run_many(
            "assessment/insert_assessment_delivery",
            [{"assessment": assessment.id, "delivery": one} for one in gathered.deliveries],
        )
        transaction.run_many(
            "assessment/insert_unit_assessment",
            [_row(assessment.id, unit, each, plan_due, gathered) for unit, each in found],
        )
        result = {
            "assessment": assessment.id,
            "larm": sum(each.signal == "larm" for _, each in found),
            "bevaka": sum(each.signal == "bevaka" for _, each in found),
            "bedomda": sum(each.deviation is not None for _, each in found),
            "enheter": len(found),
        }
        month.advance(transaction, STEP, "done")
        month.remember(transaction, STEP, mark, result)
    return result


def _plan_due(month: Month, first_assessed_on: date) -> date:
    days = month.installation.config.plan.due_working_days
    free_days = swedish_free_days(range(first_assessed_on.year, first_assessed_on.year + 2))
    return add_working_days(first_assessed_on, days, free_days=free_days)


def _row(
    assessment: int, unit: UnitVersion, found: Deviation, plan_due: date, gathered: Gathered
) -> dict[str, Any]:
    facts = found.facts
    return {
        "assessment": assessment,
        "unit": unit.code,
        "name": unit.name,
        "method": facts.method,
        "outcome": facts.outcome,
        "budget": facts.budget,
        "forecast": facts.forecast,
        "lower_80": facts.lower,
        "upper_80": facts.upper,
        "deviation": found.deviation,
        "deviation_percent": found.deviation_percent,
        "signal": found.signal,
        "rule": found.regel,
        "sentence": found.mening,
        "plan_required": found.plan_required,
        "plan_due": plan_due if found.plan_required else None,
        "evidence": json.dumps(_evidence(found, gathered.months[unit.code]), default=str, ensure_ascii=False),
    }


def _evidence(found: Deviation, months: Months) -> dict[str, Any]:
    """Keep every number that the sentence and the rule name, and the rows that the outcome stands on."""
    year = found.facts.period.year
    return {
        "share_of_year": found.facts.share_of_year,
        "floor_kr": found.floor_kr,
        "bar_percent": found.bar_percent,
        "rows": row_ranges(
            rows for period in sorted(months) if period.year == year for rows in months[period].rows
        ),
    }
