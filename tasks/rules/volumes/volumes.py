"""A volume as it is counted: a measure of one unit and year, month by month."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.declaration import Volume
from tasks.rules.small_groups import is_small
from tasks.rules.thresholds import UnusableThresholdError, check_between
from tasks.rules.totals import sum_known

Twelve = tuple[Decimal | None, ...]
"""January to December; None where missing."""
Season = tuple[Decimal, ...]
"""Twelve months relative to the mean month, which is 1."""

EVEN: Season = (Decimal(1),) * 12
NOTHING: Twelve = (None,) * 12
LEAST_MONTHS_OF_SEASON = 9
"""A year that lacks more than three months says too little of its season; preschools lack June and July."""
SMALLEST_SEASON = Decimal("0.02")
"""A season whose months are all nearer to their mean than this share is taken for chance."""
LARGEST_ROUNDING = Decimal("0.01")
"""A mean that may be rounded by more than this share of itself looks like a deviation that isn't there."""


@dataclass(frozen=True)
class MeasuredVolume:
    """A measure of one unit and year.

    declared: None for an unknown measure. planned: of a niva each month holds the plan of the year, of a
    flode its own. last_year: the outcome a year before. tariff: kr for each (and year, for a niva).
    is_hidden: what it was in some month would tell of too few.
    """

    name: str
    declared: Volume | None
    outcome: Twelve
    planned: Twelve
    last_year: Twelve = NOTHING
    tariff: Decimal | None = None
    season: Season | None = None
    is_hidden: bool = False

    @property
    def is_level(self) -> bool:
        """Tell whether the year is a mean (niva) and not a sum (flode)."""
        return self.declared is not None and self.declared.kind == "niva"

    def was_small(self, month: int, fewest: int) -> bool:
        """Tell whether a niva was of fewer than `fewest` in a month up to `month` (1–12), or of last year.

        Nothing that was made of such a month is shown, for a mean would tell of it.
        """
        if self.is_hidden:
            return True
        counts = (*self.outcome[:month], *self.last_year)
        return self.is_level and any(count is not None and is_small(count, fewest) for count in counts)


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


def season(years: Iterable[Twelve]) -> Season | None:
    """Return how a measure varies over a year, from earlier years of every unit that counts it.

    One unit's own season is mostly chance: with it the year was missed by 0.84 %, with everybody's by 0.73 %.
    A month that nobody counts is a mean month. None where no year is known well enough, or all are 0.
    """
    usable = [year for year in years if _known_months(year) >= LEAST_MONTHS_OF_SEASON and any(year)]
    if not usable:
        return None
    means = [(sum_known(year) or Decimal(0)) / _known_months(year) for year in usable]
    shares = [
        _share([(year[month], mean) for year, mean in zip(usable, means, strict=True)]) for month in range(12)
    ]
    found = tuple(share * 12 / sum(shares) for share in shares)
    return found if any(abs(share - 1) > SMALLEST_SEASON for share in found) else EVEN


def filled_by_mean(outcome: Twelve, month: int, mean_so_far: Decimal | None) -> Twelve:
    """Fill the missing months so far with what the delivered mean (snitt_hittills) leaves for them.

    Nothing is filled from a mean whose rounding could be taken for a deviation, or that the known months
    contradict.
    """
    missing = [place for place in range(month) if outcome[place] is None]
    if mean_so_far is None or not missing or not _is_exact(mean_so_far):
        return outcome
    rest = mean_so_far * month - (sum_known(outcome[:month]) or 0)
    if rest < 0:
        return outcome
    each = rest / len(missing)
    return tuple(each if place in missing else value for place, value in enumerate(outcome))


def _known_months(year: Twelve) -> int:
    return sum(value is not None for value in year)


def _share(month: Sequence[tuple[Decimal | None, Decimal]]) -> Decimal:
    """Return a month of many years, each given with its year's mean, relative to the mean month."""
    known = [(value, mean) for value, mean in month if value is not None]
    if not known:
        return Decimal(1)
    return sum((value for value, _ in known), Decimal(0)) / sum(mean for _, mean in known)


def _is_exact(mean: Decimal) -> bool:
    """Tell whether half a unit of its last decimal is at most a small share of the mean."""
    exponent = min(int(mean.normalize().as_tuple().exponent), 0)
    return Decimal("0.5").scaleb(exponent) <= LARGEST_ROUNDING * mean
