"""The year's cost of social assistance: households × grant, and what each of them does to the budget."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.swedish import round_half_up

YEAR = 12
RECENT = 3
"""Months that the level of households is taken from where their season is known. Where it isn't, all the
months so far are: three say more of the time of the year than of the level."""
FADE_MONTHS = Decimal(4)
"""After m months, m/(m + 4) of a difference to the plan is taken to stay, as in the forecast of units."""
ORE = 2
"""Amounts are rounded to öre, so that the two effects add up to the last one."""
MONTHS = 12
MOST_YEARS = 3
"""The latest past years, as in the forecast of units."""


@dataclass(frozen=True)
class AssistanceMonth:
    """A closed month: households, and kr paid; None is missing."""

    households: Decimal | None
    paid: Decimal | None


@dataclass(frozen=True)
class AssistancePlan:
    """The year's appropriation (kr) and the households a month that it was made for, both above 0."""

    budget: Decimal
    households: Decimal

    @property
    def grant(self) -> Decimal:
        """Return the planned kr a household and month."""
        return self.budget / self.households / YEAR


@dataclass(frozen=True)
class AssistanceBasis:
    """What a forecast rests on, in households a month and kr a household and month.

    recent_households: the mean of the latest months with the season taken out, or of the months so far where
    has_season is false. grant: so far this year. stays: the share (0–1) of their difference to the plan that
    is taken to stay; 1 without a plan. coming_households, coming_grant: what the coming months are reckoned
    with. households: the mean of the whole year.
    """

    has_season: bool
    recent_households: Decimal
    grant: Decimal
    stays: Decimal
    coming_households: Decimal
    coming_grant: Decimal
    households: Decimal


@dataclass(frozen=True)
class AssistanceForecast:
    """The year when `month` (1–12) is closed; kr, None for missing.

    outcome: paid so far. volume_effect, price_effect: what households and grant cost more than planned (less
    is negative); they add up to −deviation, and are missing without a plan of budget and households.
    """

    month: int
    budget: Decimal | None
    outcome: Decimal | None = None
    forecast: Decimal | None = None
    basis: AssistanceBasis | None = None
    volume_effect: Decimal | None = None
    price_effect: Decimal | None = None

    @property
    def deviation(self) -> Decimal | None:
        """Return budget − forecast (kr): a deficit is negative."""
        return None if self.budget is None or self.forecast is None else self.budget - self.forecast


def assistance_forecast(
    months: Sequence[AssistanceMonth],
    past_years: Sequence[Sequence[AssistanceMonth]] = (),
    budget: Decimal | None = None,
    planned_households: Decimal | None = None,
) -> AssistanceForecast:
    """Forecast the year from its closed months, January first: a missing one makes the forecast missing.

    The coming months get the latest months' households, in the season of the past years (oldest first), and
    this year's grant so far, both drawn towards the plan where there is one. A grant of three months, or in a
    season of its own, came less close. Raises ValueError for more than twelve months.
    """
    if len(months) > YEAR:
        raise ValueError(f"{len(months)} months of a year")
    households, paid = _known([each.households for each in months]), _known([each.paid for each in months])
    outcome = sum(paid, Decimal(0)) if paid else None
    if outcome is None or sum(households) <= 0:
        return AssistanceForecast(len(months), budget, outcome)
    plan = _plan(budget, planned_households)
    season = household_season([[each.households for each in year] for year in past_years])
    basis = _basis(households, outcome, season, plan)
    rest = basis.households * YEAR - sum(households, Decimal(0))
    forecast = round_half_up(outcome + rest * basis.coming_grant, ORE)
    volume, price = _effects(plan, basis.households, forecast)
    return AssistanceForecast(len(months), budget, outcome, forecast, basis, volume, price)


def _plan(budget: Decimal | None, households: Decimal | None) -> AssistancePlan | None:
    if budget is None or households is None or budget <= 0 or households <= 0:
        return None
    return AssistancePlan(budget, households)


def _basis(
    households: Sequence[Decimal],
    outcome: Decimal,
    season: Sequence[Decimal] | None,
    plan: AssistancePlan | None,
) -> AssistanceBasis:
    month, so_far = len(households), sum(households, Decimal(0))
    factors = season or [Decimal(1)] * YEAR
    adjusted = [count / factor for count, factor in zip(households, factors, strict=False)]
    recent = _mean(adjusted[-RECENT:] if season else adjusted)
    grant = outcome / so_far
    stays, coming, coming_grant = Decimal(1), recent, grant
    if plan is not None:
        stays = month / (month + FADE_MONTHS)
        coming = plan.households + stays * (recent - plan.households)
        coming_grant = plan.grant + stays * (grant - plan.grant)
    year = so_far + coming * sum(factors[month:], Decimal(0))
    return AssistanceBasis(season is not None, recent, grant, stays, coming, coming_grant, year / YEAR)


def _effects(
    plan: AssistancePlan | None, households: Decimal, forecast: Decimal
) -> tuple[Decimal | None, Decimal | None]:
    """Split what the forecast is over the budget: the households at the planned grant, and the rest."""
    if plan is None:
        return None, None
    volume = round_half_up((households - plan.households) * plan.grant * YEAR, ORE)
    return volume, forecast - plan.budget - volume


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def _known(values: Sequence[Decimal | None]) -> list[Decimal]:
    """Return the values, and none of them where one is missing or no number."""
    known = [value for value in values if value is not None and value.is_finite()]
    return known if len(known) == len(values) else []


def household_season(past_years: Sequence[Sequence[Decimal | None]]) -> list[Decimal] | None:
    """Return what each month has of households in relation to its year: 1.02 for a fiftieth more.

    past_years: households a month, oldest year first. The mean of the latest whole years, each with its
    straight line taken out: a rise within a year is no season. None where no whole year is known.
    """
    shapes = [shape for year in past_years if (shape := _shape(year)) is not None][-MOST_YEARS:]
    if not shapes:
        return None
    return [_sum(factors) / len(shapes) for factors in zip(*shapes, strict=True)]


def _shape(year: Sequence[Decimal | None]) -> list[Decimal] | None:
    """Return the months in relation to their line by least squares; None unless all twelve are above 0."""
    counts = [count for count in year if count is not None and count.is_finite() and count > 0]
    if len(counts) != MONTHS:
        return None
    places = [place - Decimal(MONTHS - 1) / 2 for place in range(MONTHS)]
    slope = _sum(place * count for place, count in zip(places, counts, strict=True)) / _sum(
        place * place for place in places
    )
    line = [_sum(counts) / MONTHS + slope * place for place in places]
    return [count / on_line for count, on_line in zip(counts, line, strict=True)] if min(line) > 0 else None


def _sum(values: Iterable[Decimal]) -> Decimal:
    return sum(values, Decimal(0))
