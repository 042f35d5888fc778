"""The places above the units: the whole administration, its departments and their business areas."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tasks.rules.organisation import UNIT, Register, UnitVersion
from tasks.rules.periods import Period

WHOLE = "forvaltning"
"""The level of the whole administration, which the register has no row for."""
WHOLE_NAME = "Hela förvaltningen"


@dataclass(frozen=True)
class Place:
    """A place above units. code: None for the whole. units: the codes of all that lie below, sorted.

    parent: the place's number among all of them (see area_tree), None for the whole.
    """

    code: str | None
    name: str
    level: str
    units: tuple[str, ...]
    parent: int | None


def area_tree(register: Register, period: Period) -> list[Place]:
    """Return the places that have units in the period: the whole first, each department before its areas."""
    below: dict[str, list[str]] = defaultdict(list)
    for unit in register.units_valid(period):
        for place in _places_above(register, unit, period):
            below[place.code].append(unit)
    units = register.units_valid(period)
    found = [Place(None, WHOLE_NAME, WHOLE, units, None)] if units else []
    numbers: dict[str, int] = {}
    for place in _in_order(register, below, period):
        above = _places_above(register, place.code, period)
        numbers[place.code] = len(found)
        parent = numbers.get(above[0].code, 0) if above else 0
        found.append(Place(place.code, place.name, place.level, tuple(sorted(below[place.code])), parent))
    return found


def _places_above(register: Register, code: str, period: Period) -> list[UnitVersion]:
    """Return the departments and areas that a code lies in, nearest first."""
    return [place for place in register.above(code, period) if place.level != UNIT]


def _in_order(register: Register, codes: Iterable[str], period: Period) -> list[UnitVersion]:
    """Sort places by code, each before those that lie in it."""
    places = [place for place in register.all_valid(period) if place.code in set(codes)]

    def path(place: UnitVersion) -> list[str]:
        return [*(each.code for each in reversed(_places_above(register, place.code, period))), place.code]

    return sorted(places, key=path)
