"""Whether a unit's year forecast calls for a warning."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tasks.rules.deviation_facts import DeviationFacts
from tasks.rules.deviation_sentences import manager_sentence, rule_sentence
from tasks.rules.thresholds import UnusableThresholdError, check_between

__all__ = ["Bar", "Deviation", "DeviationFacts", "DeviationSettings", "assess_deviation", "bar", "signal"]

Level = Literal["larm", "bevaka"]


@dataclass(frozen=True)
class Bar:
    """A limit in % of the budget: `percent` at the end of the year, plus `early` less a twelfth a month."""

    percent: Decimal
    early: Decimal

    def at(self, month: int) -> Decimal:
        """Return the limit (%) when `month` (1–12) is closed."""
        return self.percent + self.early * (12 - month) / 12


@dataclass(frozen=True)
class DeviationSettings:
    """Say from where a deviation is signalled: floors in kr, bars in % of |budget|.

    The defaults are those that measured best for early warning. A surplus is signalled quieter: it has to
    pass a bar like that of larm and is never more than bevaka. Raises UnusableThresholdError.
    """

    floor_kr: Decimal = Decimal(150_000)
    larm_bar: Bar = Bar(Decimal("1.5"), Decimal(3))
    bevaka_bar: Bar = Bar(Decimal("1.5"), Decimal(2))
    surplus_floor_kr: Decimal = Decimal(150_000)
    surplus_bar: Bar = Bar(Decimal("1.5"), Decimal(3))

    def __post_init__(self) -> None:
        check_between("floor_kr", self.floor_kr, 0)
        check_between("surplus_floor_kr", self.surplus_floor_kr, 0)
        bars = {"larm_bar": self.larm_bar, "bevaka_bar": self.bevaka_bar, "surplus_bar": self.surplus_bar}
        for name, limit in bars.items():
            check_between(f"{name}.percent", limit.percent, 0, 100)
            check_between(f"{name}.early", limit.early, 0, 100)
        if any(self.larm_bar.at(month) < self.bevaka_bar.at(month) for month in (1, 12)):
            raise UnusableThresholdError("larm_bar", self.larm_bar.percent, "minst lika hög som bevaka_bar")


@dataclass(frozen=True)
class Deviation:
    """An assessed unit; every figure in its sentences stands here or in its facts, to be stored as evidence.

    deviation: budget − forecast in kr. deviation_percent: % of |budget|, None where that is 0 or missing.
    floor_kr, bar_percent (%): the limit that was passed, else the lowest one that was not.
    """

    facts: DeviationFacts
    deviation: Decimal | None
    deviation_percent: Decimal | None
    signal: Level | None
    floor_kr: Decimal
    bar_percent: Decimal
    regel: str
    mening: str
    plan_required: bool


def bar(month: int, level: Level, settings: DeviationSettings) -> Decimal:
    """Return the limit of a deficit (% of |budget|) for that level when `month` (1–12) is closed."""
    return (settings.larm_bar if level == "larm" else settings.bevaka_bar).at(month)


def signal(
    budget: Decimal | None, forecast: Decimal | None, month: int, settings: DeviationSettings
) -> Level | None:
    """Return the warning that a year forecast (kr) calls for when `month` (1–12) is closed.

    A deficit must be over the floor and over the bar. Without a budget to take per cent of, only the floor
    decides; a surplus has limits of its own: both are at most `bevaka`. A missing figure is never signalled.
    """
    if budget is None or forecast is None:
        return None
    size = abs(budget - forecast)
    if forecast < budget:
        surplus = _is_over(size, budget, settings.surplus_floor_kr, settings.surplus_bar.at(month))
        return "bevaka" if surplus else None
    if budget != 0 and _is_over(size, budget, settings.floor_kr, bar(month, "larm", settings)):
        return "larm"
    return "bevaka" if _is_over(size, budget, settings.floor_kr, bar(month, "bevaka", settings)) else None


def assess_deviation(facts: DeviationFacts, settings: DeviationSettings) -> Deviation:
    """Hold a unit's forecast against its budget, and say in words what came out and by which limit."""
    deviation, month = facts.deviation, facts.period.month
    found = None if deviation is None else signal(facts.budget, facts.forecast, month, settings)
    is_surplus = deviation is not None and deviation > 0
    floor = settings.surplus_floor_kr if is_surplus else settings.floor_kr
    limit = settings.surplus_bar.at(month) if is_surplus else bar(month, found or "bevaka", settings)
    return Deviation(
        facts=facts,
        deviation=deviation,
        deviation_percent=facts.deviation_percent,
        signal=found,
        floor_kr=floor,
        bar_percent=limit,
        regel=rule_sentence(facts, found or "bevaka", floor, limit, passed=found is not None),
        mening=manager_sentence(facts),
        plan_required=found == "larm",
    )


def _is_over(size: Decimal, budget: Decimal, floor_kr: Decimal, bar_percent: Decimal) -> bool:
    return size > floor_kr and size * 100 > bar_percent * abs(budget)
