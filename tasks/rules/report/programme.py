"""The programme's own forecast beside the managers', line by line of the operating budget.

Amounts are kr; a deviation is the programme's own, budget − forecast: the ledger's budget, without what was
asked for beside it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from tasks.rules.assessment.month_warnings import AssessedArea
from tasks.rules.name_text import name_key
from tasks.rules.organisation import WHOLE
from tasks.rules.report.driftbudget import NOT_FORECAST, BudgetLine, Driftbudget, ProgrammeForecast
from tasks.rules.totals import sum_of_all


def with_programme(
    section: Driftbudget,
    areas: Sequence[AssessedArea],
    units: Mapping[str, ProgrammeForecast],
    named_areas: Collection[str],
) -> Driftbudget:
    """Put the programme's forecast beside each line, the total and the named areas.

    areas: the places above the units; a line is of the one that it names by code, else by name. units: by
    code. The total is of all units, also of those that no line holds.
    """
    places = [area for area in areas if area.level != WHOLE]
    lines = tuple(replace(line, programme=_of_line(line, places, units)) for line in section.lines)
    named = [
        line.programme
        for line in lines
        if line.area in named_areas and line.part_of not in named_areas and line.is_complete
    ]
    whole = {_forecast(area) for area in areas if area.level == WHOLE}
    return replace(
        section,
        lines=lines,
        total=replace(section.total, programme=_only(whole)),
        named=replace(
            section.named,
            programme=ProgrammeForecast(
                sum_of_all(part.forecast for part in named), sum_of_all(part.deviation for part in named)
            ),
        ),
    )


def _of_line(
    line: BudgetLine, places: Sequence[AssessedArea], units: Mapping[str, ProgrammeForecast]
) -> ProgrammeForecast:
    if line.unit is not None:
        return units.get(line.unit, NOT_FORECAST)
    called = name_key(line.area)
    by_code = {_forecast(place) for place in places if name_key(place.code or "") == called}
    return _only(by_code or {_forecast(place) for place in places if name_key(place.name) == called})


def _only(forecasts: set[ProgrammeForecast]) -> ProgrammeForecast:
    """Return what is forecast where it is one; several places of one name may be one another's only part."""
    return next(iter(forecasts)) if len(forecasts) == 1 else NOT_FORECAST


def _forecast(place: AssessedArea) -> ProgrammeForecast:
    return ProgrammeForecast(place.forecast, place.deviation)
