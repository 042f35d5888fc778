"""Social assistance of a month against last year's mean, and against how the whole city has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tasks.rules.periods import Period
from tasks.rules.signals.assistance_month import (
    CITY,
    GRANT,
    HOUSEHOLDS,
    OWN,
    YEAR_MEAN,
    Row,
    figure,
    grant,
    year_mean,
)
from tasks.rules.swedish import kronor, number, percent, round_half_up

TITLES = {
    HOUSEHOLDS: "Hushåll",
    "vuxna": "Vuxna",
    "barn": "Barn",
    "unga_18_24": "Unga 18–24 år",
    GRANT: "Medelbidrag per hushåll",
}
FEW = 100
"""Means of fewer than this are shown with a decimal: rounded, they would hide the change."""


@dataclass(frozen=True)
class Comparison:
    """A measure of the month: households, persons, or kr a household; None is missing.

    last_year, city_last_year: the mean of last year's months.
    """

    measure: str
    period: Period
    value: Decimal | None
    last_year: Decimal | None
    city_value: Decimal | None
    city_last_year: Decimal | None

    @property
    def change_percent(self) -> Decimal | None:
        """Return how far (%) the month is from last year's mean; None when that is 0 or missing."""
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
        """Say the figure, last year's mean and the city's change, which is left out when it isn't known."""
        if self.value is None:
            return f"{TITLES[self.measure]}: uppgift saknas för {self.period.swedish}."
        month = f"{TITLES[self.measure]}: {self._figure(self.value)} i {self.period.swedish}"
        return f"{month}{self._against_last_year()}{self._city()}"

    def _against_last_year(self) -> str:
        if self.last_year is None:
            return ". Förra årets snitt saknas."
        mean, change = self._figure(self.last_year), self.change_percent
        if change is None:
            return f" mot förra årets snitt {mean}."
        if round_half_up(change, 1) == 0:
            return f", i nivå med förra årets snitt {mean}."
        return f", {self._difference(change)} än förra årets snitt {mean}."

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

    months: delivered rows by month. Last year's mean is the delivered one, else that of its twelve months
    when all are known. Nothing later than the period is looked at.
    """
    row = months.get(period, {})
    last_year = [months.get(Period(period.year - 1, month), {}) for month in range(1, 13)]
    found = (_comparison(measure, period, row, last_year) for measure in TITLES)
    return tuple(each for each in found if each.value is not None or each.last_year is not None)


def _comparison(measure: str, period: Period, row: Row, last_year: Sequence[Row]) -> Comparison:
    figures: list[Decimal | None] = []
    for place in (OWN, CITY):
        delivered = figure(row, f"{measure}{place}{YEAR_MEAN}")
        figures.append(grant(row, place) if measure == GRANT else figure(row, f"{measure}{place}"))
        figures.append(year_mean(measure, last_year, place) if delivered is None else delivered)
    return Comparison(measure, period, *figures)


def _change(value: Decimal | None, mean: Decimal | None) -> Decimal | None:
    return None if value is None or not mean else (value - mean) / mean * 100
