"""What counts volumes: each unit and area with its measures, its money by month, and the rows behind both."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sql.database import Transaction
from tasks.figures.gathered_units import GatheredUnits, gather_units
from tasks.figures.tell_people import tell_volumes
from tasks.figures.unit_months import LedgerAmount, MonthsOfUnit
from tasks.rules.assessment.month_pattern import year_patterns
from tasks.rules.assessment.unit_years import Floats
from tasks.rules.delivered import RowRange
from tasks.rules.organisation import UNIT as UNIT_LEVEL
from tasks.rules.organisation import Register
from tasks.rules.periods import Period, months_of
from tasks.rules.signals.volume_watch import CountingPlace, unit_money
from tasks.rules.signals.watched import AREA, UNIT
from tasks.rules.volumes.adjustment import MeasureSettings
from tasks.rules.volumes.rows import CountedVolume
from tasks.rules.volumes.unit_costs import PlaceMoney
from tasks.rules.volumes.volumes import Twelve


@dataclass(frozen=True)
class Counting:
    """The units and areas that count volumes, and the money of every unit, counting or not."""

    places: Sequence[CountingPlace]
    money: Mapping[str, PlaceMoney]


def counting_places(
    transaction: Transaction,
    register: Register,
    period: Period,
    known_in: Period,
    measures: Mapping[str, MeasureSettings],
    fewest_persons: int,
) -> Counting:
    """Return what counts volumes in the period's year, until the period, and what it costs.

    known_in: the month that the money is known in, of an earlier year its last. What the volumes may tell is
    kept (see tell_people).
    """
    volumes = tell_volumes(transaction, register, period, measures, fewest_persons)
    known = min(known_in, Period(period.year, 12))
    units = gather_units(transaction, register, known)
    codes = [unit.code for unit in units.units]
    patterns = dict(zip(codes, year_patterns(units.years(), known.month), strict=True))
    money = {code: _money(code, units, pattern) for code, pattern in patterns.items()}
    places = [_place(code, counted, register, period) for code, counted in volumes.items()]
    return Counting([_with_money(place, units, money) for place in places], money)


def _place(
    code: str, counted: tuple[CountedVolume, ...], register: Register, period: Period
) -> CountingPlace:
    """Make a place; one that no register has is an area, as in the report."""
    unit = register.unit(code, period)
    scope = UNIT if unit is not None and unit.level == UNIT_LEVEL else AREA
    return CountingPlace(code, code if unit is None else unit.name, scope, counted)


def _with_money(place: CountingPlace, units: GatheredUnits, money: Mapping[str, PlaceMoney]) -> CountingPlace:
    """Add a unit's budget and outcome by month, this year and the last, and the rows that they stand on."""
    if place.code not in money:
        return place
    own, year = units.months[place.code], units.period.year
    rows = _ranges(own, (*months_of(year - 1), *months_of(year)))
    of_unit = money[place.code]
    return replace(place, money=of_unit.months, year_budget=of_unit.year_budget, money_rows=rows)


def _money(code: str, units: GatheredUnits, pattern: Floats) -> PlaceMoney:
    own, year = units.months[code], units.period.year
    this_year, last_year = months_of(year), months_of(year - 1)
    months = unit_money(
        outcome=_amounts(own, this_year, "outcome"),
        budget=_amounts(own, this_year, "budget"),
        last_year=_amounts(own, last_year, "outcome"),
        pattern=[Decimal(float(share)) for share in pattern],
    )
    return PlaceMoney(months, units.budget(code))


def _amounts(own: MonthsOfUnit, months: Iterable[Period], what: LedgerAmount) -> Twelve:
    return tuple(getattr(own.get(month), what, None) for month in months)


def _ranges(own: MonthsOfUnit, months: Iterable[Period]) -> tuple[RowRange, ...]:
    return tuple(each for month in months if month in own for each in own[month].rows)
