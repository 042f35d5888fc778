"""Delivered volumes put together: each measure of a unit or an area, month by month, as one series."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tasks.rules.declaration import Volume
from tasks.rules.delivered import Delivered, RowRange
from tasks.rules.organisation import Register
from tasks.rules.periods import Period, months_of
from tasks.rules.totals import sum_of_all
from tasks.rules.volumes.volumes import MeasuredVolume, Season, Twelve, filled_by_mean, season

Months = Mapping[Period, Sequence[Delivered]]
"""A series' rows by month: two where two units have become one."""
SO_FAR, YEAR_BEFORE = "snitt_hittills", "snitt_foregaende_ar"


@dataclass(frozen=True)
class CountedVolume:
    """A measure of a unit or an area, and the rows of this and last year that it stands on.

    readings: the year's months as they were counted; in `measured` a delivered mean fills the others.
    mean_so_far, mean_before: of the months so far and the same ones a year before, as they are delivered.
    """

    measured: MeasuredVolume
    readings: Twelve
    rows: tuple[RowRange, ...]
    mean_so_far: Decimal | None = None
    mean_before: Decimal | None = None


def counted_volumes(
    rows: Iterable[Delivered],
    register: Register,
    period: Period,
    declared: Mapping[str, Volume],
    tariffs: Mapping[str, Decimal],
    hidden: Collection[tuple[str, str]] = (),
) -> dict[str, tuple[CountedVolume, ...]]:
    """Return by code what each unit that exists, and each area that is delivered, counts this year.

    Nothing later than the period is looked at. A measure's season is that of all who counted it before
    and are shown. hidden: codes and measures of which nothing is told.
    """
    series: dict[tuple[str, str], dict[Period, list[Delivered]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.period <= period:
            place = register.heir(row.unit or "", period), row.item or ""
            series[place][row.period].append(row)
    shown = {place: months for place, months in series.items() if place not in hidden}
    seasons = _seasons(shown, period)
    found: dict[str, list[CountedVolume]] = defaultdict(list)
    for (code, name), months in sorted(series.items()):
        is_closed = register.knows(code) and register.unit(code, period) is None
        if any(month.year == period.year for month in months) and not is_closed:
            measured = _measured(name, months, period, declared.get(name), tariffs.get(name), seasons[name])
            measured = replace(measured, is_hidden=(code, name) in hidden)
            readings = _twelve(months, period.year, "utfall")
            means = (_delivered_mean(months, period, column) for column in (SO_FAR, YEAR_BEFORE))
            found[code].append(CountedVolume(measured, readings, _ranges(months, period), *means))
    return {code: tuple(volumes) for code, volumes in found.items()}


def _seasons(series: Mapping[tuple[str, str], Months], period: Period) -> dict[str, Season | None]:
    """Return the season of each measure, by the whole years before the period's."""
    years: dict[str, list[Twelve]] = defaultdict(list)
    for (_, name), months in sorted(series.items()):
        years[name] += [
            _twelve(months, year, "utfall")
            for year in sorted({month.year for month in months})
            if year < period.year
        ]
    return defaultdict(lambda: None, {name: season(each) for name, each in years.items()})


def _measured(
    name: str,
    months: Months,
    period: Period,
    declared: Volume | None,
    tariff: Decimal | None,
    of_all: Season | None,
) -> MeasuredVolume:
    outcome = _twelve(months, period.year, "utfall")
    return MeasuredVolume(
        name=name,
        declared=declared,
        outcome=filled_by_mean(outcome, period.month, _mean_of_one(months, period, SO_FAR)),
        planned=_twelve(months, period.year, "planerat"),
        last_year=filled_by_mean(
            _twelve(months, period.year - 1, "utfall"),
            period.month,
            _mean_of_one(months, period, YEAR_BEFORE),
        ),
        tariff=tariff,
        season=of_all,
    )


def _twelve(months: Months, year: int, column: str) -> Twelve:
    """Return a year's months; one that a row lacks is missing."""
    return tuple(sum_of_all(row.figure(column) for row in months.get(month, ())) for month in months_of(year))


def _mean_of_one(months: Months, period: Period, column: str) -> Decimal | None:
    """Return a delivered mean of the months so far; None where the year is that of several units."""
    counted = {row.unit for month in months_of(period.year) for row in months.get(month, ())}
    latest = months.get(period, ())
    return latest[0].figure(column) if len(counted) == 1 and latest else None


def _delivered_mean(months: Months, period: Period, column: str) -> Decimal | None:
    return sum_of_all(row.figure(column) for row in months.get(period, ()))


def _ranges(months: Months, period: Period) -> tuple[RowRange, ...]:
    return tuple(
        row.range for month in sorted(months) if month.year >= period.year - 1 for row in months[month]
    )
