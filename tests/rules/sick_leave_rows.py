"""Made-up sick leave: a unit's months from a per cent each."""

from decimal import Decimal

from tasks.rules.periods import Period
from tasks.rules.signals.sick_leave_groups import SickHours

LAST = Period(2026, 9)
SEASON = (1.1, 1.2, 1.1, 1.0, 1.0, 0.9, 0.7, 0.8, 1.0, 1.0, 1.1, 1.1)


def hours(unit, period, percent, ordinary=5000, sex="K"):
    """Make a row; `percent` is split on the spans as 40, 20 and 40 %; None makes it missing."""
    if percent is None:
        return SickHours(unit, period, sex)
    absent = Decimal(str(percent)) * ordinary / 100
    spans = tuple(absent * share for share in (Decimal("0.4"), Decimal("0.2"), Decimal("0.4")))
    return SickHours(unit, period, sex, Decimal(ordinary), spans)


def series(unit, percents, last=LAST, **others):
    """Make a row a month; the last per cent is of the month `last`."""
    first = last.plus(1 - len(percents))
    return [hours(unit, first.plus(place), percent, **others) for place, percent in enumerate(percents)]


def seasonal(percents, last=LAST):
    """Give per cents their season, the last of them in the month `last`."""
    first = last.plus(1 - len(percents))
    return [
        None if percent is None else percent * SEASON[first.plus(place).month - 1]
        for place, percent in enumerate(percents)
    ]
