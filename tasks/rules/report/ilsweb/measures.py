"""The figures of a month's report that a planning system may ask for, measure by measure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tasks.rules.report.activity import FigureOrText
from tasks.rules.report.driftbudget import BudgetLine
from tasks.rules.report.goals.indicators import OWN_DECIMALS, IndicatorRow
from tasks.rules.report.month_report import MonthReport
from tasks.rules.report.tertial_tables import BudgetSide, Investment
from tasks.rules.swedish import round_half_up

Kind = Literal["indicators", "areas", "budget_sides", "investments"]
KINDS: tuple[Kind, ...] = ("indicators", "areas", "budget_sides", "investments")


@dataclass(frozen=True)
class Measure:
    """A measure of the report: its figures by the contract's name of their column; money is kr.

    unit: of the register, None for the board's own. goal: its code, of an indicator.
    """

    kind: Kind
    name: str
    figures: Mapping[str, FigureOrText]
    unit: str | None = None
    goal: str | None = None

    @property
    def is_money(self) -> bool:
        """Tell whether its figures are kronor."""
        return self.kind != "indicators"

    @property
    def full_name(self) -> str:
        """Return its name with its goal's code before it: what tells two of one name apart."""
        return " ".join(filter(None, (self.goal, self.name)))


def measures(report: MonthReport) -> Iterator[Measure]:
    """Return every measure in the order of the report."""
    yield from (_indicator(row) for row in report.indicators)
    yield from (_area(line) for line in report.budget.lines if line.unit is None)
    yield from (_side(side) for side in report.budget_sides)
    yield from (_investment(each) for each in report.investments)


def _indicator(row: IndicatorRow) -> Measure:
    figures = {
        "utfall": _as_shown(row.outcome, row),
        "utfall_man": _as_shown(row.men, row),
        "utfall_kvinnor": _as_shown(row.women, row),
        "utfall_foregaende_ar": row.outcome_before,
        "prognos_helar": _as_shown(row.forecast, row),
        "arsmal": row.target,
        "kf_arsmal": row.city_target,
    }
    return Measure("indicators", row.indicator, figures, row.unit, row.goal)


def _as_shown(figure: FigureOrText, row: IndicatorRow) -> FigureOrText:
    """Round the system's own figures as they are shown and judged; a delivered one is as it was delivered."""
    if row.own is None or not isinstance(figure, Decimal):
        return figure
    return round_half_up(figure, OWN_DECIMALS)


def _area(line: BudgetLine) -> Measure:
    amounts = line.amounts
    figures = {
        "budget": amounts.decided,
        "begarda_budgetjusteringar": amounts.requested_adjustments,
        "prestationsforandringar": amounts.volume_changes,
        "prognos_fore": amounts.forecast_before,
        "prognos_efter": amounts.forecast_after,
        "avvikelse_fore": amounts.deviation_before,
        "avvikelse_efter": amounts.deviation_after,
    }
    return Measure("areas", line.area, figures)


def _side(side: BudgetSide) -> Measure:
    figures = {
        "budget": side.budget,
        "begarda_budgetjusteringar": side.requested,
        "prestationsforandringar": side.changes,
        "prognos": side.forecast,
        "avvikelse": side.deviation,
    }
    return Measure("budget_sides", side.side, figures)


def _investment(each: Investment) -> Measure:
    figures = {
        "budget": each.budget,
        "begarda_budgetjusteringar": each.requested,
        "prognos": each.forecast,
        "utfall": each.outcome,
        "avvikelse": each.deviation,
    }
    return Measure("investments", each.name, figures)
