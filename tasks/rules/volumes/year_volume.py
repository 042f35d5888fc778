"""The volume that a year is expected to end on, as the months so far say."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.thresholds import UnusableThresholdError, check_between
from tasks.rules.volumes.volumes import EVEN, NOTHING, MeasuredVolume, Season


@dataclass(frozen=True)
class VolumeSettings:
    """How a year's volume is expected, by the measured rule for money (λ = 0.7, k = m/(m + 4)).

    memory: the weight of a month relative to the next. half_stays: after so many known months half of a
    deviation from the plan is expected to stay. Raises UnusableThresholdError.
    """

    memory: Decimal = Decimal("0.7")
    half_stays: Decimal = Decimal(4)

    def __post_init__(self) -> None:
        check_between("memory", self.memory, 0, 1)
        if self.memory == 0:
            raise UnusableThresholdError("memory", self.memory, "större än 0")
        check_between("half_stays", self.half_stays, 0)


@dataclass(frozen=True)
class YearVolume:
    """A year's volumes, means for a niva and sums for a flode, as `known` of the `of` months so far say."""

    expected: Decimal
    planned: Decimal
    known: int
    of: int


def year_volume(volume: MeasuredVolume, month: int, settings: VolumeSettings) -> YearVolume | None:
    """Expect the year's volume when `month` (1–12) is closed; later months are not looked at.

    A missing month is expected like a coming one. None for an unknown measure, where less than half of the
    months so far are known, and without a plan above 0.
    """
    plan, known = planned_months(volume, month), known_so_far(volume, month)
    if plan is None or not sum(plan[place] for place in known):
        return None
    stays = len(known) / (len(known) + settings.half_stays)
    level = 1 + stays * (_pace(known, plan, settings.memory) - 1)
    expected = sum((known.get(place, level * due) for place, due in enumerate(plan)), Decimal(0))
    months = 12 if volume.is_level else 1
    return YearVolume(expected / months, sum(plan, Decimal(0)) / months, len(known), month)


def known_so_far(volume: MeasuredVolume, month: int) -> dict[int, Decimal]:
    """Return the outcome by place (0 is January) of the known months; none if they are less than half."""
    months = enumerate(volume.outcome[:month])
    known = {place: outcome for place, outcome in months if outcome is not None}
    return known if 2 * len(known) >= month else {}


def planned_months(volume: MeasuredVolume, month: int) -> Season | None:
    """Spread the plan over the year by the season; None without a plan or for an unknown measure.

    A niva's plan is the latest one. A flow's plan that is the same in every month says nothing of the season;
    else its months are kept and the others follow from them by the season, if half of those so far are known.
    """
    shares = volume.season or EVEN
    plans = volume.planned[:month]
    known = [(plan, share) for plan, share in zip(plans, shares, strict=False) if plan is not None]
    if volume.declared is None or not known:
        return None
    latest = known[-1][0]
    if volume.is_level or (len(known) > 1 and all(plan == latest for plan, _ in known)):
        return tuple(latest * share for share in shares)
    season_known = sum(share for _, share in known)
    if 2 * len(known) < month or season_known == 0:
        return None
    mean_month = sum(plan for plan, _ in known) / season_known
    given = (*plans, *NOTHING[month:])
    return tuple(
        mean_month * share if plan is None else plan for plan, share in zip(given, shares, strict=True)
    )


def _pace(known: Mapping[int, Decimal], plan: Season, memory: Decimal) -> Decimal:
    """Return the outcome relative to the plan over the known months; recent months weigh more."""
    weights = {place: memory ** (max(known) - place) for place in known}
    due = sum((weight * plan[place] for place, weight in weights.items()), Decimal(0))
    return sum((weight * known[place] for place, weight in weights.items()), Decimal(0)) / due
