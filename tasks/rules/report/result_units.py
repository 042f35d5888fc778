"""Carry-over of the result units (resultatenheter), by the city's rules for financial management.

Signs as published, in kr: carried in: överskott −; result: underskott +; carried out: överskott +.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Annotated

from tasks.rules.json_keys import BESIDE, Key
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
    """A unit as delivered; None is a missing figure. own_action: its own doing led to the result."""

    unit: str
    name: str
    gross_budget: Decimal | None
    carried_in: Decimal | None
    result: Decimal | None
    own_action: bool | None = None
    group: str | None = None


@dataclass(frozen=True)
class CarriedAmounts:
    """What a unit and the sum show; `yearly_limit` is the most that is carried over of one year."""

    gross_budget: Annotated[Decimal | None, Key("bruttobudget")]
    yearly_limit: Annotated[Decimal | None, Key("fem_procent")]
    carried_in: Annotated[Decimal | None, Key("overforing_fran_foregaende_ar")]
    result: Annotated[Decimal | None, Key("resultat")]
    carried_out: Annotated[Decimal | None, Key("overforing_till_nasta_ar")]


@dataclass(frozen=True)
class CarryOver:
    """A unit of the report; own_action: its own doing led to the result. What has a default may lack."""

    unit: Annotated[str, Key("enhet")]
    name: Annotated[str, Key("namn")]
    amounts: Annotated[CarriedAmounts, BESIDE]
    own_action: Annotated[bool | None, Key("eget_handlande", left_out=True)] = None
    group: Annotated[str | None, Key("grupp", left_out=True)] = None


@dataclass(frozen=True)
class CarriedTotal:
    """The sum of the `counted` units whose amounts are all known, of the `of` that there are."""

    amounts: Annotated[CarriedAmounts, BESIDE]
    counted: Annotated[int, Key("antal")]
    of: Annotated[int, Key("av")]


@dataclass(frozen=True)
class ResultUnits:
    """The section of the report."""

    units: Annotated[tuple[CarryOver, ...], Key("resultatenheter")]
    total: Annotated[CarriedTotal, Key("resultatenheter_summa")]


def result_units(units: Sequence[ResultUnit], settings: ResultUnitSettings) -> ResultUnits:
    """Make the section of the delivered units; sums are of unrounded amounts."""
    shown = tuple(
        CarryOver(unit.unit, unit.name, _amounts(unit, settings), unit.own_action, unit.group)
        for unit in units
    )
    complete = [unit.amounts for unit in shown if unit.amounts.carried_out is not None]
    sums = {
        amount.name: sum_known(getattr(unit, amount.name) for unit in complete)
        for amount in fields(CarriedAmounts)
    }
    return ResultUnits(shown, CarriedTotal(CarriedAmounts(**sums), counted=len(complete), of=len(shown)))


def carry_over(
    gross_budget: Decimal, carried_in: Decimal, result: Decimal, settings: ResultUnitSettings
) -> Decimal:
    """Return what a unit takes with it to the next year (kr, överskott +).

    min(−carried_in + clip(−result, ±5 % of gross budget), 10 % of gross budget), the percentages by settings.
    """
    yearly_limit = gross_budget * settings.yearly_percent / 100
    from_this_year = min(max(-result, -yearly_limit), yearly_limit)
    return min(from_this_year - carried_in, gross_budget * settings.fund_percent / 100)


def _amounts(unit: ResultUnit, settings: ResultUnitSettings) -> CarriedAmounts:
    budget, carried_in, result = unit.gross_budget, unit.carried_in, unit.result
    carried_out = None
    if budget is not None and carried_in is not None and result is not None:
        carried_out = carry_over(budget, carried_in, result, settings)
    yearly_limit = None if budget is None else budget * settings.yearly_percent / 100
    return CarriedAmounts(budget, yearly_limit, carried_in, result, carried_out)
