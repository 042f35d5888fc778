"""Expected prestationsförändring (återredovisning): the budget that follows the year's readings of a volume.

Preschools are read every month but June and July, and the mean of those ten settles the year's budget; LSS is
read twice (source: the calendar of the sources). Months and tariffs are configuration.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tasks.rules.declaration import Volume
from tasks.rules.periods import MONTH_NAMES
from tasks.rules.swedish import joined, number, round_half_up
from tasks.rules.thresholds import UnusableThresholdError, check_between
from tasks.rules.volumes.volumes import EVEN, MeasuredVolume
from tasks.rules.wording import amount, is_nothing

KINDS = ("niva", "flode")
PRESCHOOL_READINGS = (1, 2, 3, 4, 5, 8, 9, 10, 11, 12)
LSS_READINGS = (3, 8)
"""Which month the first of the two is in is a guess: an administration sets its own."""


@dataclass(frozen=True)
class MeasureSettings:
    """What an administration decides of a measure itself.

    kind: of a measure that nobody has declared, niva (the year is a mean) or flode (a sum); None leaves it
    unknown. tariff_kr: kr for each (and year, for a niva), None without one. reading_months: 1–12 in rising
    order, for a niva that the budget follows; without them the declared ones. Raises UnusableThresholdError.
    """

    kind: str | None = None
    tariff_kr: Decimal | None = None
    reading_months: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in (None, *KINDS):
            raise UnusableThresholdError("kind", self.kind, " eller ".join(KINDS))
        Settlement(self.reading_months or (1,), self.tariff_kr)


def measures_known(declared: Sequence[Volume], own: Mapping[str, MeasureSettings]) -> dict[str, Volume]:
    """Return every measure by its name: the declared ones, and those that an administration has added."""
    known = {volume.name: volume for volume in declared}
    for name, settings in own.items():
        if settings.kind is not None:
            known[name] = replace(known.get(name, Volume(name, settings.kind)), kind=settings.kind)
    return known


@dataclass(frozen=True)
class Settlement:
    """How the budget follows a niva: months (1–12) of its readings, and kr for each and year.

    Without a tariff nothing is settled. Raises UnusableThresholdError.
    """

    reading_months: tuple[int, ...]
    tariff: Decimal | None = None

    def __post_init__(self) -> None:
        months = self.reading_months
        if not months or list(months) != sorted(set(months) & set(range(1, 13))):
            raise UnusableThresholdError("reading_months", list(months), "månader 1–12 i stigande ordning")
        if self.tariff is not None:
            check_between("tariff", self.tariff, 0)


@dataclass(frozen=True)
class VolumeAdjustment:
    """The expected change of budget in kr with öre: + is more budget; None where nothing can be expected.

    made, missed, coming: months (1–12) of the year's readings. reading_mean: of those made, expected_mean:
    of those and the coming ones.
    """

    made: tuple[int, ...]
    missed: tuple[int, ...]
    coming: tuple[int, ...]
    reading_mean: Decimal | None
    expected_mean: Decimal | None
    planned: Decimal | None
    adjustment: Decimal | None


def expected_adjustment(
    volume: MeasuredVolume, month: int, settlement: Settlement
) -> VolumeAdjustment | None:
    """Expect a unit's or an area's adjustment when `month` (1–12) is closed.

    A coming reading is expected to be the latest known volume, moved as the season goes. A reading that was
    missed is left out of the mean. Nothing is expected before the first one is made. None for a measure that
    isn't settled: without a tariff, or no niva.
    """
    if settlement.tariff is None or not volume.is_level:
        return None
    past = [at for at in settlement.reading_months if at <= month]
    coming = tuple(at for at in settlement.reading_months if at > month)
    readings = {at: value for at in past if (value := volume.outcome[at - 1]) is not None}
    later = _coming_readings(volume, month, coming) if readings else []
    planned = next((plan for plan in reversed(volume.planned[:month]) if plan is not None), None)
    expected_mean = _mean([*readings.values(), *later])
    adjustment = None
    if expected_mean is not None and planned is not None:
        adjustment = round_half_up((expected_mean - planned) * settlement.tariff, 2)
    return VolumeAdjustment(
        made=tuple(readings),
        missed=tuple(at for at in past if at not in readings),
        coming=coming,
        reading_mean=_mean(list(readings.values())),
        expected_mean=expected_mean,
        planned=planned,
        adjustment=adjustment,
    )


def adjustment_sentence(who: str, many: str, found: VolumeAdjustment) -> str:
    """Tell what the readings say of the budget of `who`; `many` is the measure's noun: `barn`."""
    mean, year, planned, kr = found.reading_mean, found.expected_mean, found.planned, found.adjustment
    if mean is None or year is None or planned is None or kr is None:
        return f"{who}: {_why_nothing(many, found)}."
    total = len(found.made) + len(found.coming)
    so_far = f" hittills ({len(found.made)} av {total})" if found.coming else ""
    readings = f"{who} har i snitt {number(mean, 1)} {many} vid årets avläsningar{so_far}"
    is_same = number(mean, 1) == number(year, 1)
    whole = "" if is_same else f" Om det senaste antalet står sig blir årets snitt {number(year, 1)}."
    change = _change(kr, is_expected=bool(found.coming))
    return f"{readings} mot planerade {_plan(planned)}.{whole} {change}{_missed(found.missed)}"


def _why_nothing(many: str, found: VolumeAdjustment) -> str:
    if found.made:
        return f"uppgift saknas om planerade {many}, så ingen ändring av budgeten kan räknas"
    if found.missed:
        return f"uppgift saknas om {_readings(found.missed)}, så ingen ändring av budgeten kan räknas"
    first = MONTH_NAMES[found.coming[0] - 1]
    return f"årets första avläsning är i {first}, så ingen ändring av budgeten väntas än"


def _coming_readings(volume: MeasuredVolume, month: int, coming: Sequence[int]) -> list[Decimal]:
    """Move the latest known volume to the months to come; in a month without a season it stays as it is."""
    known = [(place, value) for place, value in enumerate(volume.outcome[:month]) if value is not None]
    place, latest = known[-1]
    season = volume.season or EVEN
    mean_month = latest / season[place] if season[place] else None
    return [latest if mean_month is None else mean_month * season[at - 1] for at in coming]


def _mean(values: Sequence[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) / len(values) if values else None


def _change(kr: Decimal, *, is_expected: bool) -> str:
    if is_nothing(kr):
        return "Det väntas inte ändra budgeten." if is_expected else "Det ändrar inte budgeten."
    verb = "väntas ge" if is_expected else "ger"
    return f"Det {verb} {amount(abs(kr))} {'mer' if kr > 0 else 'mindre'} i budget."


def _missed(months: Sequence[int]) -> str:
    return f" {_readings(months).capitalize()} saknas och räknas inte." if months else ""


def _readings(months: Sequence[int]) -> str:
    noun = "avläsningen" if len(months) == 1 else "avläsningarna"
    return f"{noun} i {joined([MONTH_NAMES[at - 1] for at in months])}"


def _plan(planned: Decimal) -> str:
    """Write a plan without decimals where it has none."""
    return number(planned, 0 if planned == round_half_up(planned) else 1)
