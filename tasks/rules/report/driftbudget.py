"""The operating budget by area: adjusted budget, forecast before and after carry-over, deviation.

All amounts in kr, costs +; a deviation is budget − forecast, so a surplus is positive. None is missing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from tasks.rules.totals import sum_known


@dataclass(frozen=True)
class ForecastRow:
    """A row of the source prognos as delivered; `part_of` names the row that contains it (ingar_i)."""

    area: str
    budget: Decimal | None
    forecast_before: Decimal | None
    forecast_after: Decimal | None
    requested_adjustments: Decimal | None = None
    volume_changes: Decimal | None = None
    part_of: str | None = None


@dataclass(frozen=True)
class Figures:
    """What a line and a total show. `budget` is adjusted, `decided_budget` is what the board decided."""

    budget: Decimal | None
    decided_budget: Decimal | None
    forecast_before: Decimal | None
    forecast_after: Decimal | None
    deviation_before: Decimal | None
    deviation_after: Decimal | None


@dataclass(frozen=True)
class Line:
    """An area of the report."""

    area: str
    part_of: str | None
    figures: Figures

    @property
    def is_complete(self) -> bool:
        """Tell whether budget and forecast are known: a total counts only lines where both are."""
        return self.figures.deviation_before is not None


@dataclass(frozen=True)
class Total:
    """The sum of the complete lines, so that its budget and forecast belong together: `counted` of `of`."""

    figures: Figures
    counted: int
    of: int


@dataclass(frozen=True)
class Driftbudget:
    """The section of the report; the compliance (budgetföljsamhet) is the forecast in % of the budget."""

    lines: tuple[Line, ...]
    total: Total
    named: Total
    compliance_before: Decimal | None
    compliance_after: Decimal | None


def driftbudget(rows: Sequence[ForecastRow], named_areas: Collection[str] = ()) -> Driftbudget:
    """Make the section of the rows of a month.

    A row that is part of another is shown and not added again. `named_areas` (of the configuration, such as
    ekonomiskt bistånd) are summed apart beside the total; one that was not delivered counts as missing there.
    """
    lines = tuple(_line(row) for row in rows)
    total = _total([line for line in lines if line.part_of is None])
    named = [line for line in lines if line.area in named_areas and line.part_of not in named_areas]
    return Driftbudget(
        lines=lines,
        total=total,
        named=_total(named, at_least=len(named_areas)),
        compliance_before=budget_compliance(total.figures.budget, total.figures.forecast_before),
        compliance_after=budget_compliance(total.figures.budget, total.figures.forecast_after),
    )


def adjusted_budget(row: ForecastRow) -> Decimal | None:
    """Return budget + adjustments + volume changes (kr); an empty change is 0, an empty budget missing."""
    if row.budget is None:
        return None
    return row.budget + (row.requested_adjustments or 0) + (row.volume_changes or 0)


def budget_compliance(budget: Decimal | None, forecast: Decimal | None) -> Decimal | None:
    """Return the forecast in % of the budget (budgetföljsamhet); None without a budget above 0."""
    if budget is None or forecast is None or budget <= 0:
        return None
    return forecast / budget * 100


def parts_without_whole(rows: Sequence[ForecastRow]) -> tuple[str, ...]:
    """Return the areas that say they are part of a row that wasn't delivered: no total contains them."""
    areas = {row.area for row in rows}
    return tuple(row.area for row in rows if row.part_of is not None and row.part_of not in areas)


def _line(row: ForecastRow) -> Line:
    budget = adjusted_budget(row)
    before = row.forecast_after if row.forecast_before is None else row.forecast_before
    after = row.forecast_before if row.forecast_after is None else row.forecast_after
    figures = Figures(
        budget=budget,
        decided_budget=row.budget,
        forecast_before=before,
        forecast_after=after,
        deviation_before=_difference(budget, before),
        deviation_after=_difference(budget, after),
    )
    return Line(row.area, row.part_of, figures)


def _difference(budget: Decimal | None, forecast: Decimal | None) -> Decimal | None:
    return None if budget is None or forecast is None else budget - forecast


def _total(lines: Sequence[Line], at_least: int = 0) -> Total:
    complete = [line.figures for line in lines if line.is_complete]
    sums = {each.name: sum_known(getattr(line, each.name) for line in complete) for each in fields(Figures)}
    return Total(Figures(**sums), counted=len(complete), of=max(len(lines), at_least))
