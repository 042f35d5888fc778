"""Whether an indicator reaches its target, and on what that is judged (contract: Goals, indicators)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tasks.rules.measured.quantity_text import PERCENT, Quantity, same_unit
from tasks.rules.measured.target_text import Target, TargetKind, moved, read_target
from tasks.rules.swedish import number, round_half_up

Verdict = Literal["nas", "nas_inte", "ej_matt", "ej_bedomd"]
Direction = Literal["hogre", "lagre", "inom", "lika"]
JudgedOn = Literal["prognos", "utfall"]

DIRECTIONS: tuple[Direction, ...] = ("hogre", "lagre", "inom", "lika")
TOLD_BY: dict[TargetKind, Direction] = {
    TargetKind.AT_LEAST: "hogre",
    TargetKind.INCREASE: "hogre",
    TargetKind.AT_MOST: "lagre",
    TargetKind.DECREASE: "lagre",
    TargetKind.WITHIN: "inom",
    TargetKind.UNCHANGED: "lika",
}
A_SHARE = 50
"""A deviation in per cent is never so large: a figure that is so is a share of a hundred."""
CITY_TIMES = 5
"""A city council's target that counts so many times the board's own figures is the whole city's."""


@dataclass(frozen=True)
class Measured:
    """What an indicator is judged by: figures with their units, None where there is none.

    told: the direction that the column `riktning` says, else the settings; None where neither does. city: the
    city council's target, whose words tell the direction where nothing else does.
    """

    target: str | None
    outcome: Quantity | None = None
    forecast: Quantity | None = None
    before: Quantity | None = None
    told: Direction | None = None
    city: str | None = None


@dataclass(frozen=True)
class Judgement:
    """What came of it. reason: why it isn't judged, part of a Swedish sentence; empty where it is."""

    verdict: Verdict
    judged_on: JudgedOn | None = None
    direction: Direction | None = None
    reason: str = ""


def judge(measured: Measured) -> Judgement:
    """Judge on the year's forecast, else on the outcome, against the target; never guess."""
    target = read_target(measured.target)
    direction = _direction(target, measured)
    judged_on: JudgedOn = "utfall" if measured.forecast is None else "prognos"
    value = measured.outcome if measured.forecast is None else measured.forecast
    if value is None:
        return Judgement("ej_matt", direction=direction)
    reason = _unjudged(target, measured, direction, value)
    if reason or direction is None:
        return Judgement("ej_bedomd", None, direction, reason)
    is_reached = _is_reached(direction, value, target, measured.before)
    return Judgement("nas" if is_reached else "nas_inte", judged_on, direction)


def is_of_the_city(city: str | None, own: tuple[Quantity | None, ...]) -> bool:
    """Tell whether the city council's target is the whole city's: of another sort than the board's, or size.

    own: the board's target and figures, as far as they are numbers. A share or a cost of each is of the same
    size whoever has it; only what is counted is more in a city.
    """
    target = read_target(city).by
    known = [quantity for quantity in own if quantity is not None]
    if target is None or not known:
        return False
    units = {quantity.unit for quantity in known if quantity.unit}
    if not any(same_unit(target.unit, unit) for unit in units or {""}):
        return True
    is_ratio = any(PERCENT in unit or "/" in unit or " per " in unit for unit in (*units, target.unit))
    largest = max(abs(quantity.number) for quantity in known)
    return not is_ratio and largest > 0 and abs(target.number) >= CITY_TIMES * largest


def _direction(target: Target, measured: Measured) -> Direction | None:
    """Return which way is better: by the target's words, else as told, else by the city council's words."""
    by_words = TOLD_BY.get(target.kind)
    return by_words or measured.told or TOLD_BY.get(read_target(measured.city).kind)


def _unjudged(target: Target, measured: Measured, direction: Direction | None, value: Quantity) -> str:
    """Say why nothing can be judged; empty where it can."""
    if target.kind is TargetKind.NONE:
        return "inget årsmål är lämnat"
    if target.kind is TargetKind.NOT_SET:
        return "årsmålet är inte fastställt"
    if target.kind is TargetKind.UNKNOWN:
        meant = "" if target.meant is None else f" (menas {target.meant}?)"
        return f"årsmålet ”{measured.target}” går inte att förstå{meant}"
    if direction is None:
        return "det är inte känt om ett högre eller lägre utfall är bättre"
    if target.is_of_the_year_before:
        return _unlike_before(target, measured.before, value)
    if target.by is not None and not same_unit(target.by.unit, value.unit):
        return f"målet är i {target.by.unit} men utfallet i {value.unit}"
    if direction == "inom" and value.unit in {PERCENT, ""} and abs(value.number) >= A_SHARE:
        return f"målet är en avvikelse men {number(value.number, 1)} är en andel"
    return ""


def _unlike_before(target: Target, before: Quantity | None, value: Quantity) -> str:
    if before is None:
        return "målet hålls mot förra årets utfall, som saknas"
    if not same_unit(before.unit, value.unit):
        return f"förra årets utfall är i {before.unit} men årets i {value.unit}"
    if target.by is not None and target.by.unit == PERCENT and PERCENT in {before.unit, value.unit}:
        return "målet kan vara procent eller procentenheter"
    return ""


def _is_reached(direction: Direction, value: Quantity, target: Target, before: Quantity | None) -> bool:
    """Hold a value against its target. Numbers are compared as they are delivered, unrounded."""
    limit = _limit(target, before, value)
    if direction == "inom":
        return abs(value.number) <= abs(limit)
    if direction == "lika":
        return _rounded_as(value.number, limit) == _rounded_as(limit, value.number)
    is_change = target.kind in {TargetKind.INCREASE, TargetKind.DECREASE} and target.by is None
    if is_change and value.number == limit:
        return False
    return value.number >= limit if direction == "hogre" else value.number <= limit


def _limit(target: Target, before: Quantity | None, value: Quantity) -> Decimal:
    if target.is_of_the_year_before and before is not None:
        return moved(before.number, target, value.unit or before.unit)
    return Decimal(0) if target.by is None else target.by.number


def _rounded_as(value: Decimal, other: Decimal) -> Decimal:
    """Round to the decimals of the coarser one: 15,9 is the 16 that a target says."""
    return round_half_up(value, min(_decimals(value), _decimals(other)))


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))
