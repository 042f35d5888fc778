"""What leaves the system hides small groups, and one more cell where a hidden one follows by subtraction.

A cell is a group of people with all its figures. What follows by subtraction is as good as shown: a hidden
cell must not follow, and neither must a small group that several hidden cells are together.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Generic, TypeVar

from tasks.rules.thresholds import check_between

FEWEST_PERSONS = 5
"""One to four persons or households are not shown; none may be."""
FEWEST_EMPLOYEES = 11
"""Sick leave of ten employees or fewer is not shown (the former statutory rule)."""


@dataclass(frozen=True)
class SmallGroupSettings:
    """How many a group must be to be shown. Raises UnusableThresholdError."""

    fewest_employees: int = FEWEST_EMPLOYEES
    fewest_persons: int = FEWEST_PERSONS

    def __post_init__(self) -> None:
        check_between("fewest_employees", Decimal(self.fewest_employees), 1)
        check_between("fewest_persons", Decimal(self.fewest_persons), 1)


Size = Decimal | int
C = TypeVar("C", bound=Hashable)
Relation = Mapping[C, int]
"""Cells by their factor, whose weighted sum is 0."""


@dataclass(frozen=True)
class Equation(Generic[C]):
    """A cell that its parts add up to."""

    total: C
    parts: tuple[C, ...]


@dataclass(frozen=True)
class Table(Generic[C]):
    """Cells and how they add up. `sizes`: how many each is, None where that is unknown.

    A cell of fewer than `fewest`, but not of nobody, is too small to be shown; so is one of unknown size.
    `unshown` cells stand in equations, but are not in what leaves the system.
    """

    sizes: Mapping[C, Size | None]
    equations: Sequence[Equation[C]]
    fewest: int = FEWEST_PERSONS
    unshown: Set[C] = frozenset()


def is_small(count: Size, fewest: int = FEWEST_PERSONS) -> bool:
    """Tell whether a group is too small to be shown; nobody is no group and may be."""
    return 0 < count < fewest


def hidden_cells(table: Table[C]) -> frozenset[C]:
    """Return the cells to hide: the small ones, and those from which a small one would follow."""
    small = {cell for cell, size in table.sizes.items() if size is None or is_small(size, table.fewest)}
    return with_complements(table, small)


def with_complements(table: Table[C], hidden: Set[C]) -> frozenset[C]:
    """Return the hidden cells, and the smallest other one that keeps each thing from being given away.

    Of equal sizes the first one given is taken. An empty cell is the last to be taken, since the one that it
    should protect would be what both are together. What needs the largest cell is kept first, which often
    keeps others too: of random administrations it hides a quarter less than the order of the equations does.
    """
    in_turn = sorted(table.sizes, key=lambda cell: (not table.sizes[cell], _size(table, cell)))
    turn = {cell: place for place, cell in enumerate(in_turn)}.__getitem__
    unknown = frozenset(hidden | (table.sizes.keys() & table.unshown))
    while smallest := [min(shown, key=turn) for shown in _giving_away(table, unknown)]:
        unknown |= {max(smallest, key=turn)}
    return unknown - table.unshown


def hidden_beside(table: Table[C], hidden: Set[C], others: Set[C]) -> frozenset[C]:
    """Return which of some other cells to hide, so that the hidden cells of the table stay so.

    The largest is shown first, and each one that is neither small nor gives anything away beside those shown.
    What one of them itself is may follow: it is only told of where it is shown.
    """
    table = replace(table, unshown=table.unshown | others)
    unknown = hidden | table.unshown
    in_turn = sorted(
        (cell for cell in table.sizes if cell in others), key=lambda cell: _size(table, cell), reverse=True
    )
    for cell in in_turn:
        size = table.sizes[cell]
        is_large = size is not None and not is_small(size, table.fewest)
        if is_large and not any(_giving_away(table, unknown - {cell})):
            unknown -= {cell}
    return frozenset(unknown & others)


def _giving_away(table: Table[C], unknown: Set[C]) -> Iterator[Set[C]]:
    """Yield the shown cells of each relation that gives something away."""
    left = unknown - _known_empty(table, unknown)
    largest_first = sorted(
        (cell for cell in table.sizes if cell in left), key=lambda cell: _size(table, cell), reverse=True
    )
    for relation in _relations(table.equations, largest_first):
        shown = relation.keys() - unknown
        if shown and _gives_away(table, relation, relation.keys() & left):
            yield shown


def _known_empty(table: Table[C], unknown: Set[C]) -> set[C]:
    """Return the cells that are known to hold nobody: shown ones, their parts, and what such ones add up to.

    Nobody is fewer than none, so the parts of nothing are nothing, whichever of them are shown.
    """
    nobody = {cell for cell, size in table.sizes.items() if size == 0}
    empty, found = nobody - unknown, -1
    while found < len(empty):
        found = len(empty)
        for equation in table.equations:
            if equation.total in empty and nobody.issuperset(equation.parts):
                empty |= {*equation.parts}
            elif equation.total in nobody and equation.parts and empty.issuperset(equation.parts):
                empty |= {equation.total}
    return empty


def _gives_away(table: Table[C], relation: Relation[C], unknown: Set[C]) -> bool:
    """Tell whether a relation says what one cell is, or what cells too small to be shown are together.

    A difference between unknown cells says neither.
    """
    if len({relation[cell] > 0 for cell in unknown}) > 1:
        return False
    if len(unknown) == 1 and not unknown <= table.unshown:
        return True
    is_anybody = any(table.sizes[cell] != 0 for cell in unknown)
    return is_anybody and sum(_size(table, cell) for cell in unknown) < table.fewest


def _size(table: Table[C], cell: C) -> Size:
    return table.sizes[cell] or 0


def _relations(equations: Iterable[Equation[C]], unknown: Iterable[C]) -> list[Relation[C]]:
    """Solve the equations for the unknown cells, the first ones first, by Gauss and Jordan's elimination.

    So the last unknown cells, the smallest, are left alone in relations wherever they can be.
    """
    left: list[Relation[C]] = [_relation(equation) for equation in equations]
    solved: list[Relation[C]] = []
    for cell in unknown:
        having = [relation for relation in left if cell in relation]
        if having:
            pivot = min(having, key=len)
            left.remove(pivot)
            left = [without(cell, relation, pivot) for relation in left]
            solved = [*(without(cell, relation, pivot) for relation in solved), pivot]
    return solved


def _relation(equation: Equation[C]) -> Relation[C]:
    factors = Counter(equation.parts)
    factors[equation.total] -= 1
    return {cell: factor for cell, factor in factors.items() if factor}


def without(cell: C, relation: Relation[C], pivot: Relation[C]) -> Relation[C]:
    """Return the relation, multiplied to stay in whole numbers, less what of the pivot takes the cell out."""
    if cell not in relation:
        return relation
    mixed = {
        each: relation.get(each, 0) * pivot[cell] - pivot.get(each, 0) * relation[cell]
        for each in dict.fromkeys([*relation, *pivot])
    }
    return {each: factor for each, factor in mixed.items() if factor}
