"""Carry-over of the result units (resultatenheter), by the city's rules for financial management.

Signs as published, in kr: carried in: överskott −; result: underskott +; carried out: överskott +.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from tasks.rules.thresholds import check_between
from tasks.rules.totals import sum_known


@dataclass(frozen=True)
class ResultUnitSettings:
    """How much of its gross budget a unit may carry over a year, and hold in its fund (%).

    Raises UnusableThresholdError.
    """

    yearly_percent: Decimal = Decimal(5)
    fund_percent: Decimal = Decimal(10)

    def __post_init__(self) -> None:
        check_between("yearly_percent", self.yearly_percent, 0, 100)
        check_between("fund_percent", self.fund_percent, 0, 100)


@dataclass(frozen=True)
class ResultUnit:
    """A unit as delivered; None is a missing figure."""

    unit: str
    name: str
    gross_budget: Decimal | None
    carried_in: Decimal | None
    result: Decimal | None


@dataclass(frozen=True)
class Figures:
    """What a line and the sum show; `yearly_limit` is the most that is carried over of one year."""

    gross_budget: Decimal | None
    yearly_limit: Decimal | None
    carried_in: Decimal | None
    result: Decimal | None
    carried_out: Decimal | None


@dataclass(frozen=True)
class Line:
    """A unit of the report."""

    unit: str
    name: str
    figures: Figures


@dataclass(frozen=True)
class ResultUnits:
    """The section of the report; `total` adds up the `counted` lines whose figures are all known."""

    lines: tuple[Line, ...]
    total: Figures
    counted: int


def result_units(units: Sequence[ResultUnit], settings: ResultUnitSettings) -> ResultUnits:
    """Make the section of the delivered units; sums are of unrounded figures."""
    lines = tuple(Line(unit.unit, unit.name, _figures(unit, settings)) for unit in units)
    complete = [line.figures for line in lines if line.figures.carried_out is not None]
    sums = {each.name: sum_known(getattr(line, each.name) for line in complete) for each in fields(Figures)}
    return ResultUnits(lines, Figures(**sums), counted=len(complete))


def carry_over(
    gross_budget: Decimal, carried_in: Decimal, result: Decimal, settings: ResultUnitSettings
) -> Decimal:
    """Return what a unit takes with it to the next year (kr, överskott +).

    min(−carried_in + clip(−result, ±5 % of gross budget), 10 % of gross budget), the percentages by settings.
    """
    yearly_limit = gross_budget * settings.yearly_percent / 100
    from_this_year = min(max(-result, -yearly_limit), yearly_limit)
    return min(from_this_year - carried_in, gross_budget * settings.fund_percent / 100)


def _figures(unit: ResultUnit, settings: ResultUnitSettings) -> Figures:
    budget, carried_in, result = unit.gross_budget, unit.carried_in, unit.result
    carried_out = None
    if budget is not None and carried_in is not None and result is not None:
        carried_out = carry_over(budget, carried_in, result, settings)
    yearly_limit = None if budget is None else budget * settings.yearly_percent / 100
    return Figures(budget, yearly_limit, carried_in, result, carried_out)
