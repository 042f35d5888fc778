"""Whether a series' latest month is more than chance, by a control chart of the months known."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from tasks.rules.signals.control_chart import (
    Limits,
    Values,
    control_chart,
    near_limits,
    outside_limits,
    part_of_two_of_three,
    sides_of_mean,
)
from tasks.rules.thresholds import check_between

NEAR_SHARE = 2 / 3
"""The near line lies two thirds of the way to a limit, as in the control chart."""
DECIMALS = 4
"""The chart's figures are stored with these."""

ChartRule = Literal["point", "two_of_three", "mean_of_three"]


@dataclass(frozen=True)
class ChartSettings:
    """How a chart of months is read; the shares measured best on simulated administrations.

    limit_factor: the plain limits are widened by this, for a month remembers the month before and moving
    ranges then show too little. mean_share: the mean of three months is held against this share of the way
    to a limit; of independent months it would be 1/√3 = 0.58. fewest_months: known months that a mean and
    limits need. most_months: older ones are left out, for they are about other circumstances.
    Raises UnusableThresholdError.
    """

    limit_factor: Decimal = Decimal("1.2")
    mean_share: Decimal = Decimal("0.62")
    fewest_months: int = 12
    most_months: int = 36

    def __post_init__(self) -> None:
        check_between("limit_factor", self.limit_factor, 0)
        check_between("mean_share", self.mean_share, 0, 1)
        check_between("fewest_months", Decimal(self.fewest_months), 3)
        check_between("most_months", Decimal(self.most_months), self.fewest_months)


DEFAULT_CHART = ChartSettings()


@dataclass(frozen=True)
class ChartLimits:
    """What the month (lower, upper) and the mean of three months are held against."""

    lower: Decimal
    upper: Decimal
    recent_lower: Decimal
    recent_upper: Decimal


@dataclass(frozen=True)
class ChartSignal:
    """What the chart says of its latest month, in the values' own unit; None where it can't be told.

    months: how many are known. latest: the month's value. recent: the mean of the three latest months.
    usual: the mean of all, None while they are too few. limits: None then, and where nothing varies.
    rule: the first rule that was met. side: 1 high, −1 low, 0 where no rule was met.
    """

    months: int
    latest: Decimal | None
    recent: Decimal | None
    usual: Decimal | None = None
    limits: ChartLimits | None = None
    rule: ChartRule | None = None
    side: int = 0


def latest_signal(values: Values, rules: Collection[ChartRule], settings: ChartSettings) -> ChartSignal:
    """Hold the latest of the values (one a month, None missing) against the chart of them all.

    The months assessed are part of their own chart: left out, twice as many signals would be false. A rule
    looks at known months only. A constant series has no limits and gives no signal. Raises ValueError for a
    value that is no finite number.
    """
    latest = list(values)[-settings.most_months :]
    chart = control_chart(latest)
    told = ChartSignal(
        months=sum(value is not None for value in latest),
        latest=_decimal(latest[-1]) if latest else None,
        recent=_decimal(_mean_of_three(latest)),
    )
    if told.months < settings.fewest_months:
        return told
    usual, upper = chart.mean[-1], chart.upper[-1]
    told = replace(told, usual=_decimal(usual))
    if usual is None or upper is None:
        return told
    distance = (upper - usual) * float(settings.limit_factor)
    limits, near, recent = (
        (usual - share * distance, usual + share * distance)
        for share in (1.0, NEAR_SHARE, float(settings.mean_share))
    )
    sides = _sides_met(latest, usual, limits, near, recent)
    rule = next((rule for rule, side in sides.items() if side and rule in rules), None)
    shown = ChartLimits(*map(_rounded, (*limits, *recent)))
    return replace(told, limits=shown, rule=rule, side=sides[rule] if rule else 0)


def _sides_met(
    values: Values, usual: float, limits: Limits, near: Limits, recent: Limits
) -> dict[ChartRule, int]:
    """Return by rule the side on which the latest month meets it, 0 where it doesn't."""
    three = values[-3:]
    outside = outside_limits(three, limits)
    close = near_limits(three, near, outside)
    return {
        "point": outside[-1],
        "two_of_three": part_of_two_of_three(close, sides_of_mean(three, usual))[-1],
        "mean_of_three": outside_limits([_mean_of_three(values)], recent)[0],
    }


def _mean_of_three(values: Values) -> float | None:
    """Return the mean of the three latest months; missing when one of them is."""
    three = [value for value in values[-3:] if value is not None]
    return sum(three) / 3 if len(three) == 3 else None


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else _rounded(value)


def _rounded(value: float) -> Decimal:
    return Decimal(f"{value:.{DECIMALS}f}")
