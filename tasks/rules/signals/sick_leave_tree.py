"""Sick leave of the whole administration, its departments, business areas and units, women and men."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tasks.rules.organisation import UNIT, Register, UnitVersion
from tasks.rules.periods import Period
from tasks.rules.signals.sick_leave import Row, SickLeave, sick_leave, whole_units
from tasks.rules.small_groups import FEWEST_EMPLOYEES, Equation, Size, Table, hidden_beside, hidden_cells


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


def sick_leave_tree(
    rows: Sequence[Row], register: Register, period: Period, *, fewest: int = FEWEST_EMPLOYEES
) -> list[Group]:
    """Return everybody first, then each department with its areas and their units, by code.

    Women and men are told apart in all but units. Groups of fewer employees than `fewest` are hidden, and
    those from which they would follow by subtraction.
    """
    tree = _tree(rows, register, period)
    figures = _figures(tree, rows, set(register.units_valid(period)))
    hidden = hidden_cells(_table(tree, figures, fewest))
    return [
        _group(
            node, sex, replace(each, is_hidden=(node, sex) in hidden), register.unit(node.code or "", period)
        )
        for (node, sex), each in figures.items()
        if node.is_shown
    ]


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
