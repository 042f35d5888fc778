"""A month of social assistance: what it and a year come to per household, and which figures may be shown."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from tasks.rules.periods import Period
from tasks.rules.small_groups import FEWEST_PERSONS, Equation, Table, hidden_cells, is_small
from tasks.rules.swedish import kronor, number, percent, round_half_up
from tasks.rules.totals import sum_known

HOUSEHOLDS, ADULTS, CHILDREN, YOUNG = "hushall", "vuxna", "barn", "unga_18_24"
GRANT, PAID = "medelbidrag", "utbetalt"
MEASURES = frozenset({HOUSEHOLDS, ADULTS, CHILDREN, YOUNG, GRANT, PAID})
OLDER = "vuxna_25"
"""Adults who are not young: not a column, but what is left of the adults."""
MONTHS = 12
OWN, CITY = PLACES = "", "_staden"
SO_FAR, YEAR_MEAN = "_snitt_hittills", "_snitt_foregaende_ar"

TITLES = {
    HOUSEHOLDS: "Hushåll",
    ADULTS: "Vuxna",
    CHILDREN: "Barn",
    YOUNG: "Unga 18–24 år",
    GRANT: "Medelbidrag per hushåll",
}
FEW = 100
"""Means of fewer than this are shown with a decimal: rounded, they would hide the change."""

Row = Mapping[str, Decimal | None]
"""A month of the source bistand by column: households and persons, kr, kr a household; None is missing."""


def figure(row: Row, column: str) -> Decimal | None:
    """Return a figure as delivered; what is no number is missing."""
    value = row.get(column)
    return value if value is not None and value.is_finite() else None


def grant(row: Row, place: str = OWN) -> Decimal | None:
    """Return kr a household: as delivered, else paid over households."""
    given, kr, households = (figure(row, f"{name}{place}") for name in (GRANT, PAID, HOUSEHOLDS))
    if given is not None or kr is None or not households:
        return given
    return kr / households


def paid(row: Row, place: str = OWN) -> Decimal | None:
    """Return the month's kr: as delivered, else households times grant."""
    kr, given, households = (figure(row, f"{name}{place}") for name in (PAID, GRANT, HOUSEHOLDS))
    if kr is not None or given is None or households is None:
        return kr
    return households * given


def months_mean(measure: str, year: Sequence[Row], place: str = OWN) -> Decimal | None:
    """Return the mean of a year's months so far; None unless all are known.

    That of the grant is kr over households, never a mean of means.
    """
    households = _sum([figure(row, f"{HOUSEHOLDS}{place}") for row in year])
    if measure == GRANT:
        kr = _sum([paid(row, place) for row in year])
        return kr / households if kr is not None and households else None
    total = _sum([figure(row, f"{measure}{place}") for row in year])
    return None if total is None else total / len(year)


def _sum(months: Sequence[Decimal | None]) -> Decimal | None:
    return None if None in months else sum_known(months)


@dataclass(frozen=True)
class Comparison:
    """A measure of the month: households, persons, or kr a household; None is missing.

    last_year, city_last_year: the mean of the same months of the year before, January to the month (source:
    the boards' monthly reports, "snitt föregående år").
    """

    measure: str
    period: Period
    value: Decimal | None
    last_year: Decimal | None
    city_value: Decimal | None
    city_last_year: Decimal | None

    @property
    def change_percent(self) -> Decimal | None:
        """Return how far (%) the month is from that mean; None when it is 0 or missing."""
        return _change(self.value, self.last_year)

    @property
    def city_change_percent(self) -> Decimal | None:
        """Return the same for the whole city."""
        return _change(self.city_value, self.city_last_year)

    @property
    def against_city(self) -> Decimal | None:
        """Return own change − the city's, in percentage points."""
        own, city = self.change_percent, self.city_change_percent
        return None if own is None or city is None else own - city

    @property
    def mening(self) -> str:
        """Say the figure, the mean and its months, and the city's change, which is left out if not known."""
        if self.value is None:
            return f"{TITLES[self.measure]}: uppgift saknas för {self.period.swedish}."
        month = f"{TITLES[self.measure]}: {self._figure(self.value)} i {self.period.swedish}"
        return f"{month}{self._against_last_year()}{self._city()}"

    def _against_last_year(self) -> str:
        months = self.period.plus(-MONTHS).year_so_far
        if self.last_year is None:
            return f". Snittet {months} saknas."
        mean, change = self._figure(self.last_year), self.change_percent
        if change is None:
            return f" mot snittet {months}, {mean}."
        if round_half_up(change, 1) == 0:
            return f", i nivå med snittet {months}, {mean}."
        return f", {self._difference(change)} än snittet {months}, {mean}."

    def _city(self) -> str:
        change = self.city_change_percent
        if change is None:
            return ""
        if round_half_up(change, 1) == 0:
            return " I hela staden är det oförändrat."
        return f" I hela staden är det {self._difference(change)}."

    def _difference(self, change: Decimal) -> str:
        more, less = ("högre", "lägre") if self.measure == GRANT else ("fler", "färre")
        return f"{percent(abs(change))} {more if change > 0 else less}"

    def _figure(self, value: Decimal) -> str:
        if self.measure == GRANT:
            return kronor(value)
        return number(value, 1 if value < FEW and value % 1 else 0)


def assistance_comparisons(months: Mapping[Period, Row], period: Period) -> tuple[Comparison, ...]:
    """Compare each measure of the month that has a figure or a mean to be held against.

    months: delivered rows by month. The mean of the year before is the delivered one, else that of the same
    months when all are known. Nothing later than the period is looked at.
    """
    row = months.get(period, {})
    last_year = [months.get(Period(period.year - 1, month), {}) for month in range(1, period.month + 1)]
    found = (_comparison(measure, period, row, last_year) for measure in TITLES)
    return tuple(each for each in found if each.value is not None or each.last_year is not None)


def _comparison(measure: str, period: Period, row: Row, last_year: Sequence[Row]) -> Comparison:
    figures: list[Decimal | None] = []
    for place in (OWN, CITY):
        delivered = figure(row, f"{measure}{place}{YEAR_MEAN}")
        figures.append(grant(row, place) if measure == GRANT else figure(row, f"{measure}{place}"))
        figures.append(months_mean(measure, last_year, place) if delivered is None else delivered)
    return Comparison(measure, period, *figures)


def _change(value: Decimal | None, mean: Decimal | None) -> Decimal | None:
    return None if value is None or not mean else (value - mean) / mean * 100


def hidden_columns(
    row: Row,
    period: Period,
    before: Mapping[Period, Row],
    fewest: int = FEWEST_PERSONS,
    also: Mapping[Period, Set[str]] = MappingProxyType({}),
) -> frozenset[str]:
    """Return the columns to hide of a month; `before` are the earlier months of this and last year.

    A mean is hidden with any month that it is made of, since that month follows from it and the others.
    Few households hide every figure beside them, last year's means too. also: what is hidden of a month
    beside what the rule itself hides, by measure and place.
    """
    hidden: set[str] = set()
    for place in PLACES:
        by_month = {
            each: hidden_measures(before.get(each, {}), place, fewest)
            | {name for name in MEASURES if f"{name}{place}" in also.get(each, ())}
            for each in {*before, *also}
        }
        by_year = {
            year: frozenset[str]().union(*(names for each, names in by_month.items() if each.year == year))
            for year in (period.year, period.year - 1)
        }
        month = hidden_measures(row, place, fewest) | by_month.get(period, frozenset())
        spans = {
            "": month,
            SO_FAR: hidden_measures(row, place + SO_FAR, fewest) | month | by_year[period.year],
            YEAR_MEAN: hidden_measures(row, place + YEAR_MEAN, fewest) | by_year[period.year - 1],
        }
        if month == MEASURES:
            spans[YEAR_MEAN] = MEASURES
        hidden |= {f"{name}{place}{span}" for span, names in spans.items() for name in names}
    return frozenset(hidden)


def hidden_measures(row: Row, suffix: str, fewest: int) -> frozenset[str]:
    """Return the measures to hide of the columns with a suffix: all of them where the households are few."""
    counts = {name: row.get(f"{name}{suffix}") for name in (HOUSEHOLDS, ADULTS, CHILDREN, YOUNG)}
    sizes = {name: Decimal(count) for name, count in counts.items() if count is not None}
    counted = sizes.get(HOUSEHOLDS, sizes.get(ADULTS))
    if counted is not None and is_small(counted, fewest):
        return MEASURES
    equations = []
    if ADULTS in sizes and YOUNG in sizes:
        sizes[OLDER] = max(sizes[ADULTS] - sizes[YOUNG], Decimal(0))
        equations.append(Equation(ADULTS, (YOUNG, OLDER)))
    return hidden_cells(Table(sizes, equations, fewest, unshown=frozenset({OLDER})))
