"""What may leave beside what has left: sums of few people must not follow from those of other versions.

What was published stays. So each new sum is held against every earlier one about the same month: a hidden
sum that lies in the span of the published ones is known to whoever keeps them, and so is a sum of too few.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import gcd

from tasks.rules.small_groups import Size, is_small, without

Atom = tuple[str, str, str]
"""A unit, an item such as a sex, and their figures: what is delivered otherwise is another atom."""
Sum = frozenset[Atom]
"""The figures that a published one is the sum of."""
Vector = Mapping[Atom, int]


@dataclass(frozen=True)
class Published:
    """What was told of a month in one version: how many people each atom is (None: unknown), and which sums.

    hidden: sums that the version did not show, which no later one may give away.
    """

    sizes: Mapping[Atom, Size | None]
    shown: frozenset[Sum]
    hidden: frozenset[Sum]


def sums_to_show(
    candidates: Sequence[Sum],
    hidden: Iterable[Sum],
    sizes: Mapping[Atom, Size | None],
    published: Sequence[Published],
    fewest: int,
) -> frozenset[Sum]:
    """Return which sums may be shown beside all that was published, the first ones before the later.

    hidden: sums of the same version that are of too few. sizes: of its atoms. A sum that follows from what
    has left is shown: it tells nothing new.
    """
    span = _Span(_all_sizes(sizes, published), fewest)
    for version in published:
        for shown in version.shown:
            span.keep(_vector(shown))
    for guarded in _guarded(hidden, sizes, published, fewest):
        span.guard(guarded)
    known = [each for each in candidates if span.tells(_vector(each))]
    shown_now = set(known)
    for each in candidates:
        if each not in shown_now and span.take(_vector(each)):
            shown_now.add(each)
    return frozenset(shown_now)


class _Span:
    """Published sums solved for their atoms, the largest first, and the vectors that must not follow.

    rows: reduced, each by the atom that no other one has.
    """

    def __init__(self, sizes: Mapping[Atom, Size | None], fewest: int) -> None:
        self.sizes, self.fewest = sizes, fewest
        in_turn = sorted(sizes, key=lambda atom: (-(sizes[atom] or 0), atom))
        self.turn = {atom: place for place, atom in enumerate(in_turn)}
        self.rows: dict[Atom, Vector] = {}
        self.guarded: list[Vector] = []

    def tells(self, vector: Vector) -> bool:
        """Tell whether a vector follows from the rows."""
        return not self._reduced(vector)

    def keep(self, vector: Vector) -> None:
        """Add what has left, whatever it tells."""
        row = self._reduced(vector)
        if row:
            pivot = self._pivot(row)
            self.rows = self._rest(pivot, row) | {pivot: row}

    def guard(self, vector: Vector) -> None:
        """Let nothing be taken that a vector would follow from; one that follows already can't be helped."""
        left = self._reduced(vector)
        if left:
            self.guarded.append(left)

    def take(self, vector: Vector) -> bool:
        """Add a sum unless something guarded, or too few together, would follow; else guard it too."""
        row = self._reduced(vector)
        if not row:
            return True
        pivot = self._pivot(row)
        changed = {
            atom: _eliminated(pivot, other, row) for atom, other in self.rows.items() if pivot in other
        }
        guarded = [_eliminated(pivot, other, row) if pivot in other else other for other in self.guarded]
        if not all(guarded) or any(self._is_of_few(each) for each in (row, *changed.values())):
            self.guarded.append(row)
            return False
        self.rows = self.rows | changed | {pivot: row}
        self.guarded = guarded
        return True

    def _reduced(self, vector: Vector) -> Vector:
        for atom in [atom for atom in vector if atom in self.rows]:
            vector = _eliminated(atom, vector, self.rows[atom])
        return vector

    def _rest(self, pivot: Atom, row: Vector) -> dict[Atom, Vector]:
        return {
            atom: _eliminated(pivot, other, row) if pivot in other else other
            for atom, other in self.rows.items()
        }

    def _pivot(self, row: Vector) -> Atom:
        return min(row, key=self.turn.__getitem__)

    def _is_of_few(self, row: Vector) -> bool:
        """Tell whether the people of a relation are too few; one whose figures changed is one and not two."""
        people: dict[tuple[str, str], Size] = defaultdict(int)
        for atom in row:
            people[atom[:2]] = max(people[atom[:2]], self.sizes[atom] or 0)
        is_anybody = any(self.sizes[atom] != 0 for atom in row)
        return is_anybody and sum(people.values()) < self.fewest


def _guarded(
    hidden: Iterable[Sum],
    sizes: Mapping[Atom, Size | None],
    published: Sequence[Published],
    fewest: int,
) -> Iterable[Vector]:
    """Yield what must not follow: what is hidden, was hidden, or is of too few, and how such ones changed."""
    of_few = [*hidden, *_small(sizes, fewest)]
    yield from map(_vector, of_few)
    for version in published:
        yield from map(_vector, version.hidden)
        yield from map(_vector, _small(version.sizes, fewest))
        earlier = {atom[:2]: atom for atom in version.sizes}
        for members in of_few:
            before = frozenset(earlier[atom[:2]] for atom in members if atom[:2] in earlier)
            if before - members:
                yield {**dict.fromkeys(members - before, 1), **dict.fromkeys(before - members, -1)}


def _small(sizes: Mapping[Atom, Size | None], fewest: int) -> list[Sum]:
    """Return each atom, and each unit's atoms together, that are of too few."""
    units: dict[str, list[Atom]] = defaultdict(list)
    for atom in sizes:
        units[atom[0]].append(atom)
    groups = [*([atom] for atom in sizes), *(atoms for atoms in units.values() if len(atoms) > 1)]
    return [frozenset(group) for group in groups if _is_small([sizes[atom] for atom in group], fewest)]


def _is_small(sizes: Sequence[Size | None], fewest: int) -> bool:
    return None in sizes or is_small(sum(size or 0 for size in sizes), fewest)


def _all_sizes(sizes: Mapping[Atom, Size | None], published: Iterable[Published]) -> dict[Atom, Size | None]:
    known: dict[Atom, Size | None] = {}
    for version in published:
        known |= version.sizes
    return known | dict(sizes)


def _vector(members: Sum) -> Vector:
    return dict.fromkeys(members, 1)


def _eliminated(atom: Atom, vector: Vector, pivot: Vector) -> Vector:
    """Take an atom out of a vector, and what all its factors have in common."""
    mixed = without(atom, vector, pivot)
    common = gcd(*mixed.values()) if mixed else 1
    return mixed if common in {0, 1} else {each: factor // common for each, factor in mixed.items()}
