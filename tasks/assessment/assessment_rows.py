"""An assessment as it is stored: a row of each unit and place above them, with every number behind it."""

import json
from collections.abc import Iterator, Mapping, Sequence

from tasks.assessment.explain_units import Explanation
from tasks.assessment.manager_forecasts import KeptForecasts
from tasks.figures.unit_months import MonthsOfUnit
from tasks.rules.assessment.area_outlook import AreaOutlook
from tasks.rules.assessment.assessed_unit import Evidence, KeptYear
from tasks.rules.assessment.deviation import Deviation
from tasks.rules.delivered import RowRange
from tasks.rules.organisation import UnitVersion
from tasks.rules.periods import months_of


def unit_row(
    unit: UnitVersion,
    deviation: Deviation,
    explanation: Explanation,
    months: MonthsOfUnit,
    forecasts: KeptForecasts,
) -> dict[str, object]:
    """Return a unit's row but for its assessment and plan."""
    facts = deviation.facts
    evidence = Evidence(
        expected=facts.expected,
        to_come=facts.to_come,
        probability=facts.probability,
        probability_before=facts.probability_before,
        gross=facts.gross,
        floor_kr=deviation.floor_kr,
        bar_percent=deviation.bar_percent,
        rows=tuple(_rows_of_year(months, facts.period.year)),
        explained=explanation.as_data(),
        has_few_volumes=explanation.is_few,
        volumes_until=explanation.volumes_until,
        own=forecasts.own,
        own_rows=forecasts.rows,
        closed_years=forecasts.closed,
        year=KeptYear() if deviation.signal is None else _year(deviation, months, explanation),
    )
    return {
        "unit": unit.code,
        "name": unit.name,
        "method": facts.method,
        "outcome": facts.outcome,
        "budget": facts.budget,
        "forecast": facts.forecast,
        "lower_80": facts.lower,
        "upper_80": facts.upper,
        "deviation": deviation.deviation,
        "deviation_percent": deviation.deviation_percent,
        "volume_effect": explanation.volumes.volume_effect,
        "price_effect": explanation.volumes.price_effect,
        "signal": deviation.signal,
        "rule": deviation.regel,
        "sentence": deviation.mening,
        "evidence": _as_text(evidence.as_data()),
    }


def area_rows(assessment: int, areas: Sequence[AreaOutlook]) -> list[dict[str, object]]:
    """Return the rows of an assessment's places above the units."""
    codes = [area.place.code for area in areas]
    parents = [None if area.place.parent is None else codes[area.place.parent] for area in areas]
    return [
        {**_area_row(area), "assessment": assessment, "place": number, "parent": parents[number]}
        for number, area in enumerate(areas)
    ]


def _area_row(area: AreaOutlook) -> dict[str, object]:
    facts = area.facts
    evidence = {
        "units": area.assessed,
        "warned": area.warned,
        "unsaid": area.unsaid,
        "probability": facts.probability,
        "probability_before": facts.probability_before,
        "gross": facts.gross,
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
        "evidence": _as_text(evidence),
    }


def _year(deviation: Deviation, months: MonthsOfUnit, explanation: Explanation) -> KeptYear:
    """Keep what a picture of the year shows and a plan is held against."""
    year = months_of(deviation.facts.period.year)
    own = [months.get(month) for month in year]
    closed = deviation.facts.period.month
    return KeptYear(
        budget=tuple(None if month is None else month.budget for month in own),
        outcome=tuple(None if month is None else month.outcome for month in own[:closed]),
        ahead=explanation.ahead(deviation.facts),
    )


def _rows_of_year(months: MonthsOfUnit, year: int) -> Iterator[RowRange]:
    return (rows for period in sorted(months) if period.year == year for rows in months[period].rows)


def _as_text(evidence: Mapping[str, object]) -> str:
    """Write evidence as JSON; Decimals keep every digit as text."""
    return json.dumps(evidence, default=str, ensure_ascii=False)
