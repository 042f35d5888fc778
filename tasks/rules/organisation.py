"""The organisation by month: units move, merge and change managers, and old months keep their shape.

Above the units lie places: the whole administration, its departments and their business areas.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any

from tasks.rules.cell_text import codes_of
from tasks.rules.periods import Period

DEPARTMENT = "avdelning"
AREA = "verksamhetsomrade"
UNIT = "enhet"
WHOLE = "forvaltning"
"""The level of the whole administration, which the register has no row for."""
WHOLE_NAME = "Hela förvaltningen"
ALWAYS = date(1900, 1, 1)
"""How a beginning that the register doesn't tell is stored."""


@dataclass(frozen=True)
class UnitVersion:
    """A unit, area or department as one delivery of the register describes it."""

    code: str
    name: str
    level: str
    parent: str | None = None
    unit_type: str | None = None
    manager: str | None = None
    manager_email: str | None = None
    deputy_email: str | None = None
    controller_email: str | None = None
    result_unit: bool = False
    replaces: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def has_told_beginning(self) -> bool:
        """Tell whether the register says when the unit began."""
        return self.valid_from is not None and self.valid_from > ALWAYS

    def is_valid(self, month: Period) -> bool:
        """Tell whether the unit exists on any day of the month."""
        begun = self.valid_from is None or self.valid_from <= month.last_day
        return begun and (self.valid_to is None or self.valid_to >= month.first_day)


def unit_versions(rows: Iterable[Mapping[str, Any]]) -> tuple[UnitVersion, ...]:
    """Make units of rows in storage shape: `replaces` is text with commas, an unsaid result_unit is no."""
    return tuple(_unit_version(row) for row in rows)


def _unit_version(row: Mapping[str, Any]) -> UnitVersion:
    plain: dict[str, Any] = {name: row.get(name) for name in _AS_STORED}
    return UnitVersion(
        **plain, result_unit=bool(row.get("result_unit")), replaces=codes_of(row.get("replaces"))
    )


_AS_STORED = tuple(
    name for name in UnitVersion.__dataclass_fields__ if name not in {"result_unit", "replaces"}
)


class UnitState(IntEnum):
    """What became of a unit that a file names."""

    FOUND = 0
    UNKNOWN = 1
    NOT_VALID = 2
    AMBIGUOUS = 3


@dataclass(frozen=True)
class FoundUnit:
    """The answer to a search: the code is None unless the state is FOUND or NOT_VALID."""

    state: UnitState
    code: str | None = None


class Register:
    """All deliveries of the register, asked by month.

    In force for a month are the rows of the delivery with the greatest period not after it (of the earliest
    delivery when there is none), each within its own dates: so a unit that a newer register leaves out ends
    the day before that register's period. A date that a newer register tells goes before that: what it says
    began or ended earlier did, though its register came later.
    """

    def __init__(self, deliveries: Iterable[tuple[Period, Iterable[UnitVersion]]]) -> None:
        dated = sorted(
            ((period, tuple(rows)) for period, rows in deliveries), key=lambda delivery: delivery[0]
        )
        self._deliveries: Sequence[tuple[Period, tuple[UnitVersion, ...]]] = dated
        self._months: dict[Period, _UnitsOfMonth] = {}
        self._replaced: dict[str, dict[str, None]] = defaultdict(dict)
        self._named: dict[str, str] = {}
        every = [unit for _, units in dated for unit in units]
        self._codes = {unit.code for unit in every}
        for unit in every:
            self._named[unit.name.strip()] = unit.code
            self._replaced[unit.code] |= dict.fromkeys(unit.replaces)

    def __bool__(self) -> bool:
        return bool(self._deliveries)

    def has_one_by(self, month: Period) -> bool:
        """Tell whether a register was delivered for the month or an earlier one."""
        return any(period <= month for period, _ in self._deliveries)

    def units_valid(self, month: Period) -> tuple[str, ...]:
        """Return the codes of the units (not areas or departments) that exist in the month, sorted."""
        return tuple(unit.code for unit in self.all_valid(month) if unit.level == UNIT)

    def all_valid(self, month: Period) -> tuple[UnitVersion, ...]:
        """Return everything in the tree in the month, sorted by code."""
        return tuple(self._month(month).by_code.values())

    def unit(self, code: str, month: Period) -> UnitVersion | None:
        """Return a unit as it was in the month; None when it didn't exist then."""
        return self._month(month).by_code.get(code)

    def knows(self, code: str) -> bool:
        """Tell whether any delivery has the code."""
        return code in self._codes

    def find(self, text: str, month: Period) -> FoundUnit:
        """Find a unit by its code, else by its exact name, in a month."""
        wanted, units = text.strip(), self._month(month)
        if wanted in units.by_code:
            return FoundUnit(UnitState.FOUND, wanted)
        named = units.by_name.get(wanted, ())
        if len(named) == 1:
            return FoundUnit(UnitState.FOUND, named[0])
        if named:
            return FoundUnit(UnitState.AMBIGUOUS)
        once = wanted if wanted in self._codes else self._named.get(wanted)
        return FoundUnit(UnitState.UNKNOWN) if once is None else FoundUnit(UnitState.NOT_VALID, once)

    def children(self, code: str, month: Period) -> tuple[UnitVersion, ...]:
        """Return what lies directly below a code in the month, sorted by code."""
        return tuple(unit for unit in self.all_valid(month) if unit.parent == code)

    def department_of(self, code: str, month: Period) -> str | None:
        """Return the department that a code lies in (or is) in the month; None when it lies in none."""
        return self._at_level(code, month, DEPARTMENT)

    def area_of(self, code: str, month: Period) -> str | None:
        """Return the business area that a code lies in (or is) in the month; None when it lies in none."""
        return self._at_level(code, month, AREA)

    def continues(self, code: str) -> tuple[str, ...]:
        """Return the codes whose history a code continues, transitively, nearest first and never itself."""
        continued = {code: None}
        waiting = [code]
        while waiting:
            older = [old for old in self._replaced.get(waiting.pop(0), ()) if old not in continued]
            continued |= dict.fromkeys(older)
            waiting += older
        return tuple(continued)[1:]

    def successors(self, code: str, month: Period) -> tuple[str, ...]:
        """Return the codes of a month that continue a code, sorted."""
        return tuple(unit.code for unit in self.all_valid(month) if code in self.continues(unit.code))

    def heir(self, code: str, month: Period) -> str:
        """Return the code of a month that alone continues a code; the code itself where none does."""
        if self.unit(code, month) is not None:
            return code
        heirs = self.successors(code, month)
        return heirs[0] if len(heirs) == 1 else code

    def above(self, code: str, month: Period) -> tuple[UnitVersion, ...]:
        """Return what a code lies in in the month, nearest first and none of them twice."""
        path: dict[str, UnitVersion] = {}
        unit = self.unit(code, month)
        while unit is not None and unit.code not in path:
            path[unit.code] = unit
            unit = self.unit(unit.parent or "", month)
        return tuple(path.values())[1:]

    def _month(self, month: Period) -> "_UnitsOfMonth":
        known = self._months.get(month)
        if known is None:
            known = _UnitsOfMonth.of(self._in_force(month))
            self._months[month] = known
        return known

    def _in_force(self, month: Period) -> Iterable[UnitVersion]:
        delivered = [units for _, units in self._deliveries]
        newest = max(1, sum(period <= month for period, _ in self._deliveries))
        existing = {
            unit.code: unit
            for units in delivered[newest - 1 : newest]
            for unit in units
            if unit.is_valid(month)
        }
        for unit in (unit for units in delivered[newest:] for unit in units):
            if unit.valid_to is not None and unit.valid_to < month.first_day:
                existing.pop(unit.code, None)
            elif unit.has_told_beginning and unit.is_valid(month):
                existing.setdefault(unit.code, unit)
        return existing.values()

    def _at_level(self, code: str, month: Period, level: str) -> str | None:
        above: set[str] = set()
        unit = self.unit(code, month)
        while unit is not None and unit.level != level and unit.code not in above:
            above.add(unit.code)
            unit = self.unit(unit.parent or "", month)
        return unit.code if unit is not None and unit.level == level else None


@dataclass(frozen=True)
class _UnitsOfMonth:
    """What exists in a month, by code (sorted) and by name."""

    by_code: Mapping[str, UnitVersion]
    by_name: Mapping[str, list[str]]

    @classmethod
    def of(cls, units: Iterable[UnitVersion]) -> "_UnitsOfMonth":
        by_code = {unit.code: unit for unit in sorted(units, key=lambda unit: unit.code)}
        by_name = defaultdict(list)
        for unit in by_code.values():
            by_name[unit.name.strip()].append(unit.code)
        return cls(by_code, by_name)


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
    places = [Place(None, WHOLE_NAME, WHOLE, units, None)] if units else []
    numbers: dict[str, int] = {}
    for place in _in_order(register, below, period):
        above = _places_above(register, place.code, period)
        numbers[place.code] = len(places)
        parent = numbers.get(above[0].code, 0) if above else 0
        places.append(Place(place.code, place.name, place.level, tuple(sorted(below[place.code])), parent))
    return places


def _places_above(register: Register, code: str, period: Period) -> list[UnitVersion]:
    """Return the departments and areas that a code lies in, nearest first."""
    return [place for place in register.above(code, period) if place.level != UNIT]


def _in_order(register: Register, codes: Iterable[str], period: Period) -> list[UnitVersion]:
    """Sort places by code, each before those that lie in it."""
    places = [place for place in register.all_valid(period) if place.code in set(codes)]

    def path(place: UnitVersion) -> list[str]:
        return [*(above.code for above in reversed(_places_above(register, place.code, period))), place.code]

    return sorted(places, key=path)
