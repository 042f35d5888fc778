"""An assessment as it is stored: a row of each unit and place above them, with every number behind it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from tasks.assessment.explain_units import Explanation
from tasks.figures.unit_months import MonthsOfUnit, row_ranges
from tasks.rules.assessment.area_outlook import AreaOutlook
from tasks.rules.assessment.deviation import Deviation
from tasks.rules.organisation import UnitVersion
from tasks.rules.periods import months_of


def unit_row(
    unit: UnitVersion,
    found: Deviation,
    explanation: Explanation,
    months: MonthsOfUnit,
    beside: Mapping[str, Any],
) -> dict[str, Any]:
    """Return a unit's row but for its assessment and plan; beside: numbers to be kept with the rule's."""
    facts = found.facts
    evidence = {**_evidence(found, months), **explanation.as_data(), **beside}
    if found.signal is not None:
        evidence["year"] = _year(found, months, explanation)
    return {
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
        "volume_effect": explanation.volumes.volume_effect,
        "price_effect": explanation.volumes.price_effect,
        "signal": found.signal,
        "rule": found.regel,
        "sentence": found.mening,
        "evidence": json.dumps(evidence, default=str, ensure_ascii=False),
    }


def area_rows(assessment: int, areas: Sequence[AreaOutlook]) -> list[dict[str, Any]]:
    """Return the rows of an assessment's places above the units."""
    codes = [area.place.code for area in areas]
    parents = [None if area.place.parent is None else codes[area.place.parent] for area in areas]
    return [
        {**_area_row(area), "assessment": assessment, "place": number, "parent": parents[number]}
        for number, area in enumerate(areas)
    ]


def _area_row(area: AreaOutlook) -> dict[str, Any]:
    facts = area.facts
    evidence = {
        "units": area.assessed,
        "warned": area.warned,
        "unsaid": area.unsaid,
        "probability": facts.probability,
        "probability_before": facts.probability_before,
    }
    return {
        "level": area.place.level,
        "code": area.place.code,
        "name": area.place.name,
        "units_assessed": len(area.assessed),
        "units_valid": len(area.place.units),
        "outcome": facts.outcome,
        "budget": facts.budget,
        "forecast": facts.forecast,
        "lower_80": facts.lower,
        "upper_80": facts.upper,
        "deviation": facts.deviation,
        "deviation_percent": facts.deviation_percent,
        "signal": area.signal,
        "sentence": area.mening,
        "evidence": json.dumps(evidence, default=str, ensure_ascii=False),
    }


def _year(found: Deviation, months: MonthsOfUnit, explanation: Explanation) -> dict[str, Any]:
    """Keep what a picture of the year shows and a plan is held against: kr by month, None where missing.

    ahead: what the forecast expects of each month that is left.
    """
    year = months_of(found.facts.period.year)
    own = [months.get(month) for month in year]
    closed = found.facts.period.month
    return {
        "budget": [None if month is None else month.budget for month in own],
        "outcome": [None if month is None else month.outcome for month in own[:closed]],
        "ahead": explanation.ahead(found.facts),
    }


def _evidence(found: Deviation, months: MonthsOfUnit) -> dict[str, Any]:
    """Keep every number that the sentence and the rule name, and the rows that the outcome stands on."""
    year = found.facts.period.year
    return {
        "expected": found.facts.expected,
        "to_come": found.facts.to_come,
        "probability": found.facts.probability,
        "probability_before": found.facts.probability_before,
        "floor_kr": found.floor_kr,
        "bar_percent": found.bar_percent,
        "rows": row_ranges(
            rows for period in sorted(months) if period.year == year for rows in months[period].rows
        ),
    }
