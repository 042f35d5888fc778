"""Whose sick leave is added up and may be shown: in a month, and over a year only what each month shows."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from tasks.rules.organisation import UNIT, Register, UnitVersion
from tasks.rules.periods import Period
from tasks.rules.small_groups import (
    FEWEST_EMPLOYEES,
    Equation,
    Size,
    Table,
    hidden_beside,
    hidden_cells,
    is_small,
)
from tasks.rules.totals import sum_known

EMPLOYEES = "anstallda"
HOURS = ("ordinarie_timmar", "franvarotimmar_1_14", "franvarotimmar_15_90", "franvarotimmar_91")

Row = Mapping[str, Any]
"""A delivered row, of a unit (`unit`) and a sex (`item`); figures are Decimal, None where missing."""
YEAR = 12


@dataclass(frozen=True)
class SickLeave:
    """Sums (employees, h; None where missing) by column, of `counted` units of the `of` that there are.

    `size`: how many employees are known of; None when there are hours, but nobody is known of.
    """

    sums: Mapping[str, Decimal | None]
    counted: int
    of: int
    size: Decimal | None
    is_hidden: bool


def sick_leave(
    rows: Sequence[Row],
    units_valid: int,
    *,
    sex: str | None = None,
    whole: Set[str] | None = None,
) -> SickLeave:
    """Add up delivered rows, all or of a sex: hours absent are of the same people as the ordinary ones.

    units_valid: how many units there are; fewer than are delivered when there is no register.
    whole: the units that count, where the rows are only some of those that tell which lack no hours.
    """
    whole = whole_units(rows) if whole is None else whole
    delivered = {row["unit"] for row in rows}
    added = [row for row in rows if row["unit"] in whole and sex in {None, row["item"]}]
    employees = [row.get(EMPLOYEES) for row in added]
    hours = {name: sum_known(row.get(name) for row in added) for name in HOURS}
    size = sum_known(employees) or (None if any(hours.values()) else Decimal(0))
    return SickLeave(
        sums={EMPLOYEES: None if None in employees else sum_known(employees), **hours},
        counted=len(delivered & whole),
        of=max(units_valid, len(delivered)),
        size=size,
        is_hidden=size is None or is_small(size, FEWEST_EMPLOYEES),
    )


def whole_units(rows: Sequence[Row]) -> set[str]:
    """Return the units that lack no hours; a column that every unit lacks makes none less whole."""
    given = [name for name in HOURS if any(row.get(name) is not None for row in rows)]
    if not given:
        return set()
    lacking = {row["unit"] for row in rows if any(row.get(name) is None for name in given)}
    return {row["unit"] for row in rows} - lacking


@dataclass(frozen=True)
class Group:
    """Whose sick leave it is: everybody's when `code` is None, both sexes' when `sex` is.

    `level` and `parent` (a code) are the register's; a unit that it lacks is called by its code.
    """

    figures: SickLeave
    code: str | None = None
    name: str | None = None
    level: str | None = None
    parent: str | None = None
    sex: str | None = None


@dataclass(frozen=True, eq=False)
class _Node:
    """A place in the tree with the units in it; one that is not shown is what is left of its parent."""

    code: str | None
    units: tuple[str, ...]
    children: tuple["_Node", ...] = ()
    is_shown: bool = True

    def walk(self) -> Iterator["_Node"]:
        """Yield the node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


_Cell = tuple[_Node, str | None]
"""A place and a sex, None for both."""


PlaceOfSex = tuple[str | None, str | None]
"""A place's code, None for everybody, and a sex, None for both."""


@dataclass(frozen=True)
class Sums:
    """A place's sums, of both sexes or one, before it is decided what is shown beside what.

    units: those in the place. is_few: of too few to be shown. is_hidden: that, or such a one would follow.
    """

    place: PlaceOfSex
    units: frozenset[str]
    is_few: bool
    is_hidden: bool


def sick_leave_tree(
    rows: Sequence[Row],
    register: Register,
    period: Period,
    *,
    fewest: int = FEWEST_EMPLOYEES,
    hidden: Set[PlaceOfSex] | None = None,
) -> list[Group]:
    """Return everybody first, then each department with its areas and their units, by code.

    Women and men are told apart in all but units. hidden: where that is decided; else groups of fewer
    employees than `fewest` are, and those from which they would follow by subtraction.
    """
    tree = _tree(rows, register, period)
    figures = _figures(tree, rows, set(register.units_valid(period)))
    if hidden is None:
        hidden = _places(hidden_cells(_table(tree, figures, fewest)))
    return [
        _group(
            node,
            sex,
            replace(each, is_hidden=(node.code, sex) in hidden),
            register.unit(node.code or "", period),
        )
        for (node, sex), each in figures.items()
        if node.is_shown
    ]


def sick_leave_places(
    rows: Iterable[Row], register: Register, period: Period
) -> list[tuple[str | None, tuple[str, ...]]]:
    """Return the places that are shown, by code, and the units in each."""
    return [(node.code, node.units) for node in _tree(rows, register, period).walk() if node.is_shown]


def sick_leave_sums(rows: Sequence[Row], register: Register, period: Period, fewest: int) -> list[Sums]:
    """Return what is to be told of a month, in the order of the tree, everybody first."""
    tree = _tree(rows, register, period)
    figures = _figures(tree, rows, set(register.units_valid(period)))
    table = _table(tree, figures, fewest)
    hidden = hidden_cells(table)
    return [
        Sums(
            place=(node.code, sex),
            units=frozenset(node.units),
            is_few=each.size is None or is_small(each.size, fewest),
            is_hidden=(node, sex) in hidden,
        )
        for (node, sex), each in figures.items()
        if node.is_shown
    ]


def _places(cells: Iterable[_Cell]) -> frozenset[PlaceOfSex]:
    return frozenset((node.code, sex) for node, sex in cells if node.is_shown)


def hidden_together(
    rows: Sequence[Row],
    register: Register,
    period: Period,
    groups: Collection[frozenset[str]],
    *,
    fewest: int = FEWEST_EMPLOYEES,
) -> frozenset[frozenset[str]]:
    """Return which groups of units to hide beside the tree, since a hidden unit would follow from them."""
    tree = _tree(rows, register, period)
    table = _table(tree, _figures(tree, rows, set(register.units_valid(period))), fewest)
    hidden = hidden_cells(table)
    leaves: dict[str | None, _Cell] = {node.code: (node, None) for node in tree.walk() if not node.children}
    members = {group: tuple(leaves[unit] for unit in sorted(group) if unit in leaves) for group in groups}
    sizes: dict[Hashable, Size | None] = dict(table.sizes.items())
    for group, cells in members.items():
        sizes[group] = sum(table.sizes[cell] or 0 for cell in cells)
    equations: list[Equation[Hashable]] = [Equation(each.total, each.parts) for each in table.equations]
    equations += [Equation(group, cells) for group, cells in members.items()]
    still = hidden_beside(Table(sizes, equations, fewest, table.unshown), hidden, members.keys())
    return frozenset(group for group in members if group in still)


def _group(node: _Node, sex: str | None, figures: SickLeave, unit: UnitVersion | None) -> Group:
    if node.code is None:
        return Group(figures, sex=sex)
    if unit is None:
        return Group(figures, node.code, node.code, UNIT, sex=sex)
    return Group(figures, unit.code, unit.name, unit.level, unit.parent, sex)


def _tree(rows: Iterable[Row], register: Register, period: Period) -> _Node:
    """Put the units that exist or are delivered below what the register has above them."""
    units = {*register.units_valid(period), *(row["unit"] for row in rows)}
    return _node(None, [(*_above(code, register, period), code) for code in sorted(units)])


def _node(code: str | None, paths: Sequence[tuple[str, ...]]) -> _Node:
    """Make the node of some paths, each from below the node to a unit, or to the node's own rows.

    Units beside areas are together a node that is not shown, since they follow from the areas.
    """
    below: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for first, *rest in sorted(paths):
        below[first].append(tuple(rest))
    ends = [each for each, further in below.items() if further == [()]]
    areas = tuple(_node(each, further) for each, further in below.items() if each not in ends)
    leaves = tuple(_Node(each, (each,), is_shown=each != code) for each in ends)
    if areas and leaves:
        leaves = (_Node(code, tuple(ends), leaves, is_shown=False),)
    return _Node(code, tuple(path[-1] for path in paths), (*areas, *leaves))


def _above(code: str, register: Register, period: Period) -> list[str]:
    """Return the departments and areas that a code lies in or is, outermost first and none of them twice."""
    found: dict[str, UnitVersion] = {}
    unit = register.unit(code, period)
    while unit is not None and unit.code not in found:
        found[unit.code] = unit
        unit = register.unit(unit.parent or "", period)
    return [each.code for each in reversed(found.values()) if each.level != UNIT]


def _figures(tree: _Node, rows: Sequence[Row], valid: set[str]) -> dict[_Cell, SickLeave]:
    """Add up each place's rows, and the rows of each sex where it is more than a unit."""
    whole = whole_units(rows)
    by_unit: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_unit[row["unit"]].append(row)
    figures: dict[_Cell, SickLeave] = {}
    for node in tree.walk():
        own = [row for unit in node.units for row in by_unit[unit]]
        sexes = sorted({row["item"] for row in own}) if node.children else []
        for sex in (None, *sexes):
            figures[node, sex] = sick_leave(own, len(valid.intersection(node.units)), sex=sex, whole=whole)
    return figures


def _table(tree: _Node, figures: Mapping[_Cell, SickLeave], fewest: int) -> Table[_Cell]:
    """Say how the groups add up: by sex in each place, and by place for each sex.

    Parts are given before their totals, so that of equal ones the part is hidden.
    """
    sizes = {cell: each.size for cell, each in reversed([*figures.items()])}
    sexes = sorted({sex for _, sex in sizes if sex is not None})
    sums: list[tuple[_Cell, list[_Cell]]] = [
        ((node, sex), [(child, sex) for child in node.children])
        for node in tree.walk()
        for sex in (None, *sexes)
    ]
    sums += [((node, None), [(node, sex) for sex in sexes]) for node in tree.walk()]
    equations = [
        Equation(total, parts)
        for total, cells in sums
        if (parts := tuple(cell for cell in cells if cell in sizes))
    ]
    return Table(sizes, equations, fewest, frozenset(cell for cell in sizes if not cell[0].is_shown))
