"""Sick leave as hours, and which units a control chart is drawn for: a small one's curve is mostly chance."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from tasks.errors import UsageError
from tasks.rules.outbox.recipients import unusable_because
from tasks.rules.periods import Period
from tasks.rules.signals.chart_signal import DEFAULT_CHART, ChartSettings
from tasks.rules.swedish import number
from tasks.rules.thresholds import check_between

WOMEN, MEN = "K", "M"
YEAR = 12


FULL_TIME_MONTH_HOURS = 174
"""A month of one who works full time: 40 hours a week · 52.18 weeks / 12."""


@dataclass(frozen=True)
class SickLeaveSettings:
    """From where a change of sick leave is signalled, and for which groups.

    fewest_posts: a group with fewer full-time posts has no chart of its own: one long illness is a large
    part of its curve. full_time_month_hours: of one post. least_known_percent: a month
    of a group with fewer of its units known (%) is missing; the same limit stops a delivery.
    target_indicator: the indicator whose årsmål the twelve months are held against. meeting_months: months
    (1–12) on whose figures managers and personnel meet; none: no such mails. hr_email: who of personnel is
    mailed all units of the meetings, empty: nobody; hr_title: what that person is called.
    Raises UnusableThresholdError, and UsageError for an address that can't be used.
    """

    chart: ChartSettings = DEFAULT_CHART
    fewest_posts: Decimal = Decimal(25)
    full_time_month_hours: Decimal = Decimal(FULL_TIME_MONTH_HOURS)
    least_known_percent: Decimal = Decimal(80)
    target_indicator: str = "Sjukfrånvaro"
    meeting_months: tuple[int, ...] = (3, 6, 9, 12)
    hr_email: str = ""
    hr_title: str = "HR-konsult"

    def __post_init__(self) -> None:
        check_between("fewest_posts", self.fewest_posts, 0)
        check_between("full_time_month_hours", self.full_time_month_hours, 1)
        check_between("least_known_percent", self.least_known_percent, 0, 100)
        for month in self.meeting_months:
            check_between("meeting_months", Decimal(month), 1, 12)
        if self.hr_email and (reason := unusable_because(self.hr_email)):
            raise UsageError(f"sick_leave.hr_email är {self.hr_email!r}: {reason}. Skriv namn@server.")


@dataclass(frozen=True)
class SickHours:
    """One sex's month in a unit, in hours; None is missing.

    absent: days 1–14, 15–90 and from 91, of the same people as the ordinary hours. A unit that should have
    delivered and didn't has a row without hours, so that it counts as missing and not as nobody.
    """

    unit: str
    period: Period
    sex: str
    ordinary: Decimal | None = None
    absent: tuple[Decimal | None, Decimal | None, Decimal | None] = (None, None, None)

    @property
    def is_known(self) -> bool:
        """Tell whether no hours are missing."""
        hours = (self.ordinary, *self.absent)
        return all(each is not None and each.is_finite() for each in hours)


Month = Mapping[str, Sequence[SickHours]]
"""A month's rows by unit."""


@dataclass(frozen=True)
class SickLevels:
    """Sick leave in % of ordinary hours; None where there are none. The three spans add up to the total."""

    total: Decimal | None = None
    days_1_14: Decimal | None = None
    days_15_90: Decimal | None = None
    days_91: Decimal | None = None
    women: Decimal | None = None
    men: Decimal | None = None


@dataclass(frozen=True)
class KnownHours:
    """The rows of the `counted` units whose hours are all known, of the `of` that a month has."""

    rows: tuple[SickHours, ...]
    counted: int
    of: int

    def is_enough(self, least_percent: Decimal) -> bool:
        """Tell whether so many (%) of the units are known that the month can be reckoned with."""
        return self.counted > 0 and self.counted * 100 >= least_percent * self.of


@dataclass(frozen=True)
class SickHistory:
    """Rows by month and unit, none of them later than `last`."""

    months: Mapping[Period, Month]
    last: Period

    @classmethod
    def of(cls, rows: Iterable[SickHours], last: Period) -> "SickHistory":
        """Arrange delivered rows, those of former codes under the present one; later ones are left out."""
        months: dict[Period, dict[str, list[SickHours]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            if row.period <= last:
                months[row.period][row.unit].append(row)
        return cls(months, last)

    @property
    def units(self) -> frozenset[str]:
        """Return every unit that has a row in any month."""
        return frozenset(unit for month in self.months.values() for unit in month)

    def latest(self, count: int, units: Set[str]) -> list[KnownHours]:
        """Return what is known of some units in each of the latest months, oldest first."""
        periods = [self.last.plus(place - count) for place in range(1, count + 1)]
        return [_known_hours(self.months.get(period, {}), units) for period in periods]


def sick_levels(rows: Sequence[SickHours]) -> SickLevels:
    """Return what known rows come to, of a month or several: hours over hours, never a mean of per cents."""
    ordinary = _sum(row.ordinary for row in rows)
    spans = [_percent(_sum(row.absent[span] for row in rows), ordinary) for span in range(3)]
    of_sex = [total_percent([row for row in rows if row.sex == sex]) for sex in (WOMEN, MEN)]
    return SickLevels(total_percent(rows), *spans, *of_sex)


def total_percent(rows: Iterable[SickHours]) -> Decimal | None:
    """Return hours absent in % of ordinary hours, over known rows."""
    rows = list(rows)
    return _percent(_sum(hours for row in rows for hours in row.absent), _sum(row.ordinary for row in rows))


def _known_hours(month: Month, units: Set[str]) -> KnownHours:
    """Keep the units that lack no hours: a unit with a missing cell is missing, never smaller."""
    there = [month[unit] for unit in units if unit in month]
    whole = [rows for rows in there if all(row.is_known for row in rows)]
    return KnownHours(tuple(row for rows in whole for row in rows), counted=len(whole), of=len(there))


def _percent(absent: Decimal, ordinary: Decimal) -> Decimal | None:
    return absent / ordinary * 100 if ordinary > 0 else None


def _sum(hours: Iterable[Decimal | None]) -> Decimal:
    return sum((each for each in hours if each is not None), Decimal(0))


@dataclass(frozen=True)
class Place:
    """A unit, or what units lie in."""

    code: str
    name: str


Places = Mapping[str, Sequence[Place]]
"""Each unit's own place followed by what it lies in, nearest first."""


@dataclass(frozen=True)
class SickGroup:
    """Units whose sick leave is told together.

    posts: full-time posts, None where no hours are known. is_charted: large enough for a chart of its own; a
    whole that its units are charted in, such as the administration, is not, and only has levels.
    seen_in: the name of the group that a unit too small for that is seen in; None where there is none.
    """

    code: str
    name: str
    units: frozenset[str]
    posts: Decimal | None = None
    is_charted: bool = True
    seen_in: str | None = None


def sick_leave_groups(
    history: SickHistory, places: Places, settings: SickLeaveSettings
) -> tuple[SickGroup, ...]:
    """Make a group of every unit, and of the small ones together in the nearest place that is large enough.

    The units of a place whose small ones come to too few posts are gathered further up.
    """
    posts = full_time_posts(history, settings.full_time_month_hours)
    small = {unit for unit in places if posts.get(unit, 0) < settings.fewest_posts}
    gathered = _gathered(places, posts, small, settings.fewest_posts)
    seen_in = {unit: group.name for group in gathered for unit in group.units}
    own = (
        SickGroup(
            code=unit,
            name=around[0].name,
            units=frozenset({unit}),
            posts=posts.get(unit),
            is_charted=unit not in small,
            seen_in=seen_in.get(unit),
        )
        for unit, around in places.items()
    )
    return (*own, *gathered)


def full_time_posts(history: SickHistory, full_time_month_hours: Decimal) -> dict[str, Decimal]:
    """Return each unit's full-time posts: ordinary hours in the mean of its known months of the latest year.

    By a single month, a unit of 25 posts would come and go with the number of working days.
    """
    hours: dict[str, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for month, known in enumerate(history.latest(YEAR, history.units)):
        for row in known.rows:
            hours[row.unit][month] += row.ordinary or 0
    return {
        unit: sum(months.values(), Decimal(0)) / len(months) / full_time_month_hours
        for unit, months in hours.items()
    }


def _gathered(
    places: Places, posts: Mapping[str, Decimal], small: Iterable[str], fewest_posts: Decimal
) -> list[SickGroup]:
    """Gather the units by what they lie in, one step further up at a time."""
    waiting, groups = set(small), []
    for step in range(1, max(map(len, places.values()), default=0)):
        for place, units in _by_place(places, waiting, step).items():
            together = sum((posts.get(unit, Decimal(0)) for unit in units), Decimal(0))
            if together >= fewest_posts:
                name = f"{number(len(units))} små enheter i {place.name}"
                groups.append(SickGroup(place.code, name, frozenset(units), together))
                waiting -= units
    return groups


def _by_place(places: Places, units: Iterable[str], step: int) -> dict[Place, set[str]]:
    found: dict[Place, set[str]] = defaultdict(set)
    for unit in sorted(units):
        if len(places[unit]) > step:
            found[places[unit][step]].add(unit)
    return found
