"""What is known of one unit when a month is closed, and from where its deviation is signalled."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from tasks.rules.assessment import unit_years
from tasks.rules.periods import Period
from tasks.rules.thresholds import UnusableThresholdError, check_between

Level = Literal["larm", "bevaka"]
Method = Literal["pattern", "type", "gross", "trend", "budget", "missing"]
METHODS: Mapping[str, Method] = {method: method for method in get_args(Method)}
"""How a forecast can be made, by the name that an array of forecasts has."""
LEAST_DIFFERENCE = Decimal("0.05")
"""A smaller difference (%) so far shows as 0,0 % and has no parts."""
NEAR_ZERO = Decimal(str(unit_years.NEAR_ZERO))


@dataclass(frozen=True)
class DeviationFacts:
    """A unit's figures: kr for the year (outcome: so far), None for missing; costs +, net income −.

    method: how the forecast was made (see tasks.rules.assessment.forecast). expected: what the months so far
    were expected to cost (kr), None where nothing was extrapolated from it. to_come: how far (%) the months
    that remain are expected to differ from what was expected of them, + is costlier or less income. lower,
    upper: the forecast's 80 % interval. probability: how probable (%) it is that the year ends over its
    budget; probability_before: the same when the month before was closed, by what is known now. gross: the
    year's budgeted costs alone.
    """

    period: Period
    outcome: Decimal | None
    budget: Decimal | None
    forecast: Decimal | None
    method: Method
    expected: Decimal | None = None
    to_come: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    probability: Decimal | None = None
    probability_before: Decimal | None = None
    gross: Decimal | None = None

    @property
    def is_near_zero(self) -> bool:
        """Tell whether the budget is what large costs and incomes leave of each other: next to nothing."""
        return is_near_zero(self.budget, self.gross)

    @property
    def deviation(self) -> Decimal | None:
        """Return budget − forecast (kr): a deficit is negative; None when a figure behind it is missing."""
        if self.budget is None or self.forecast is None or self.outcome is None:
            return None
        return self.budget - self.forecast

    @property
    def deviation_percent(self) -> Decimal | None:
        """Return the deviation in % of |budget|; None when missing or when the budget is 0."""
        if self.deviation is None or not self.budget:
            return None
        return self.deviation / abs(self.budget) * 100

    @property
    def above(self) -> Decimal | None:
        """Return how far (%) the outcome so far is from what was expected of it, + is costlier or less
        income; of the costs that were expected where the net is near 0.
        """
        if self.outcome is None or self.expected is None:
            return None
        size = abs(self.expected)
        if self.method == "gross":
            size = (self.gross or Decimal(0)) * self.period.month / 12
        return (self.outcome - self.expected) / size * 100 if size else None

    @property
    def stays(self) -> Decimal | None:
        """Return the part (0–1 as a rule) of the difference so far that is expected in the months that
        remain.
        """
        if self.above is None or self.to_come is None or abs(self.above) < LEAST_DIFFERENCE:
            return None
        return self.to_come / self.above


def is_near_zero(budget: Decimal | None, gross: Decimal | None) -> bool:
    """Tell whether a budget (kr, net) is next to nothing beside its costs."""
    return budget is not None and bool(gross) and abs(budget) < NEAR_ZERO * (gross or Decimal(0))


def held_to(budget: Decimal | None, gross: Decimal | None) -> Decimal:
    """Return what a bar is a share of (kr): the budget's size, or its costs where the net is near 0."""
    if gross is not None and is_near_zero(budget, gross):
        return gross
    return abs(budget or Decimal(0))


@dataclass(frozen=True)
class Bar:
    """A limit in % of the budget: `percent` at the end of the year, plus `early` less a twelfth a month."""

    percent: Decimal
    early: Decimal

    def at(self, month: int) -> Decimal:
        """Return the limit (%) when `month` (1–12) is closed."""
        return self.percent + self.early * (12 - month) / 12


@dataclass(frozen=True)
class Sure:
    """How probable (%) the deviation must be: at two closings running, or at `once` alone."""

    twice: Decimal
    once: Decimal


@dataclass(frozen=True)
class DeviationSettings:
    """Say from where a deviation is signalled: floors in kr, bars in % of |budget| (of its costs
    where the net is near 0), probabilities in %.

    The defaults are those that found most overspends of more than 2 % by June at fewer than ten false alarms
    per 100 unit-years in 20 fictional administrations (docs/benchmarks.md, docs/adr/0010). A surplus is
    signalled quieter: its bar is higher, and it is never more than bevaka. Raises UnusableThresholdError.
    """

    floor_kr: Decimal = Decimal(150_000)
    larm_bar: Bar = Bar(Decimal("2.1"), Decimal("0.2"))
    larm_sure: Sure = Sure(Decimal(65), Decimal(90))
    bevaka_bar: Bar = Bar(Decimal("1.6"), Decimal("0.2"))
    bevaka_sure: Sure = Sure(Decimal(60), Decimal(85))
    surplus_floor_kr: Decimal = Decimal(150_000)
    surplus_bar: Bar = Bar(Decimal("1.5"), Decimal(3))
    surplus_sure: Sure = Sure(Decimal(80), Decimal(95))

    def __post_init__(self) -> None:
        check_between("floor_kr", self.floor_kr, 0)
        check_between("surplus_floor_kr", self.surplus_floor_kr, 0)
        bars = {"larm_bar": self.larm_bar, "bevaka_bar": self.bevaka_bar, "surplus_bar": self.surplus_bar}
        for name, limit in bars.items():
            check_between(f"{name}.percent", limit.percent, 0, 100)
            check_between(f"{name}.early", limit.early, 0, 100)
        sures = {
            "larm_sure": self.larm_sure,
            "bevaka_sure": self.bevaka_sure,
            "surplus_sure": self.surplus_sure,
        }
        for name, sure in sures.items():
            check_between(f"{name}.twice", sure.twice, 50, 100)
            check_between(f"{name}.once", sure.once, 50, 100)
        self._check_that_larm_is_also_bevaka()

    def _check_that_larm_is_also_bevaka(self) -> None:
        if any(self.larm_bar.at(month) < self.bevaka_bar.at(month) for month in (1, 12)):
            raise UnusableThresholdError("larm_bar", self.larm_bar.percent, "minst lika hög som bevaka_bar")
        if self.larm_sure.twice < self.bevaka_sure.twice or self.larm_sure.once < self.bevaka_sure.once:
            raise UnusableThresholdError("larm_sure", self.larm_sure.twice, "minst lika hög som bevaka_sure")

    def bar(self, level: Level) -> Bar:
        """Return the bar of a deficit of that level."""
        return self.larm_bar if level == "larm" else self.bevaka_bar

    def sure(self, level: Level) -> Sure:
        """Return how sure a deficit of that level must be."""
        return self.larm_sure if level == "larm" else self.bevaka_sure
