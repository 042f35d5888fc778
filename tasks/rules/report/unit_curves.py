"""The curves of the worst units: what the months left of the budget so far, and where the year ends.

All are drawn on one axis, so that a larger deviation is a longer way down; the worst one stands first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import Annotated

from tasks.rules.assessment.assessed_unit import AssessedUnit
from tasks.rules.json_keys import Key

MOST = 5
WIDTH, HEIGHT, MARGIN = 160, 72, 5
"""Of a picture (px), and the room at its edges."""
MONTHS = 12


@dataclass(frozen=True)
class UnitCurve:
    """A warned unit's year (kr, underskott −): budget less outcome by month so far, and of the year.

    deviation: as forecast; lower and upper: between which it ends in 80 % of cases.
    """

    code: Annotated[str, Key("enhet")]
    name: Annotated[str, Key("namn")]
    to_date: Annotated[tuple[Decimal | None, ...], Key("hittills")]
    deviation: Annotated[Decimal, Key("avvikelse")]
    lower: Annotated[Decimal | None, Key("nedre_80")]
    upper: Annotated[Decimal | None, Key("ovre_80")]


@dataclass(frozen=True)
class DrawnCurve:
    """A curve in its picture (px from the upper left corner): budget's line, the points, the interval."""

    curve: UnitCurve
    zero: float
    points: tuple[tuple[float, float], ...]
    end: tuple[float, float]
    interval: tuple[float, float] | None


def unit_curves(units: Sequence[AssessedUnit]) -> tuple[UnitCurve, ...]:
    """Return the curves of the warned units with the largest underskott, of those whose months are kept."""
    curves = [
        curve
        for unit in units
        if unit.signal is not None and (curve := _curve(unit)) is not None and curve.deviation < 0
    ]
    return tuple(sorted(curves, key=lambda curve: curve.deviation)[:MOST])


def _curve(unit: AssessedUnit) -> UnitCurve | None:
    budgets, outcomes = unit.evidence.year.budget, unit.evidence.year.outcome
    if not outcomes or unit.deviation is None or unit.budget is None:
        return None
    months = (
        None if budget is None or outcome is None else budget - outcome
        for budget, outcome in zip(budgets, outcomes, strict=False)
    )
    return UnitCurve(
        code=unit.code,
        name=unit.name,
        to_date=tuple(
            accumulate(months, lambda so_far, kr: None if so_far is None or kr is None else so_far + kr)
        ),
        deviation=unit.deviation,
        lower=None if unit.upper is None else unit.budget - unit.upper,
        upper=None if unit.lower is None else unit.budget - unit.lower,
    )


def drawn_curves(curves: Sequence[UnitCurve]) -> tuple[DrawnCurve, ...]:
    """Lay curves out on one axis that holds all of them and the budget."""
    figures = [
        float(kr)
        for curve in curves
        for kr in (*curve.to_date, curve.deviation, curve.lower, curve.upper)
        if kr is not None
    ]
    low, high = min((0.0, *figures)), max((0.0, *figures))
    span = high - low or 1.0

    def down(kr: Decimal | float) -> float:
        return MARGIN + (HEIGHT - 2 * MARGIN) * (high - float(kr)) / span

    def across(month: int) -> float:
        return MARGIN + (WIDTH - 2 * MARGIN) * month / MONTHS

    return tuple(
        DrawnCurve(
            curve=curve,
            zero=down(0),
            points=(
                (across(0), down(0)),
                *(
                    (across(month), down(kr))
                    for month, kr in enumerate(curve.to_date, start=1)
                    if kr is not None
                ),
            ),
            end=(across(MONTHS), down(curve.deviation)),
            interval=None
            if curve.lower is None or curve.upper is None
            else (down(curve.upper), down(curve.lower)),
        )
        for curve in curves
    )
