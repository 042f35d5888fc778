"""Made-up delivered rows, and a register of two departments for them."""

from decimal import Decimal

from tasks.rules.delivered import Delivered
from tasks.rules.organisation import Register, UnitVersion
from tasks.rules.periods import Period

LAST = Period(2026, 9)
"""The month that is followed up."""


def delivered(period, unit=None, item=None, row=2, **cells):
    """Make a row of the delivery that is numbered as its month: 202609."""
    figures = {
        name: Decimal(str(value)) if isinstance(value, int | float) else value
        for name, value in cells.items()
    }
    return Delivered(period, unit, item, figures, period.year * 100 + period.month, row)


def register(*units):
    """Make a register of an area in a department, and of units in it or where they say."""
    above = (
        UnitVersion("A", "Omsorg", "avdelning"),
        UnitVersion("V", "Boende", "verksamhetsomrade", "A"),
        UnitVersion("B", "Skola", "avdelning"),
    )
    return Register([(Period(2024, 1), (*above, *units))])


def unit(code, name=None, parent="V", **dates):
    return UnitVersion(code, name or f"Enhet {code}", "enhet", parent, **dates)
