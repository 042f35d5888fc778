"""Counts of a month as they may leave beside every earlier version of it: volumes, households, persons."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal

from tasks.rules.json_values import Json, fingerprint
from tasks.rules.periods import Period
from tasks.rules.published_sums import Atom, Published, Sum, sums_to_show
from tasks.rules.small_groups import FEWEST_PERSONS, Size, is_small

Name = tuple[str, str]
"""Whose count, and of what."""


@dataclass(frozen=True)
class Count:
    """A figure that is told of a month, and the parts that add up to it. size: how many it is of.

    is_complement: the version itself hides it, since a smaller one would follow.
    """

    name: Name
    size: Size
    members: Sum
    is_complement: bool = False


@dataclass(frozen=True)
class KeptCounts:
    """What was told of a month's counts once; mark: what it was made of. hidden: which counts weren't."""

    period: Period
    mark: str
    published: Published
    hidden: frozenset[Name] = frozenset()

    def as_data(self) -> Json:
        """Return it as it is kept: sums by the places of their atoms."""
        sizes = sorted(self.published.sizes.items())
        place = {atom: number for number, (atom, _) in enumerate(sizes)}
        return {
            "atoms": [[*atom, str(size)] for atom, size in sizes],
            "shown": sorted(sorted(map(place.__getitem__, each)) for each in self.published.shown),
            "hidden": sorted(sorted(map(place.__getitem__, each)) for each in self.published.hidden),
            "names": sorted(map(list, self.hidden)),
        }

    @classmethod
    def of_data(cls, period: Period, mark: str, data: Json) -> "KeptCounts":
        """Read what was kept."""
        atoms: list[Atom] = [(whose, what, figure) for whose, what, figure, _ in data["atoms"]]
        sizes = {atom: Decimal(size) for atom, (*_, size) in zip(atoms, data["atoms"], strict=True)}
        shown, hidden = (
            frozenset(frozenset(atoms[place] for place in each) for each in data[name])
            for name in ("shown", "hidden")
        )
        names = frozenset((whose, what) for whose, what in data.get("names", ()))
        return cls(period, mark, Published(sizes, shown, hidden), names)


@dataclass
class CountsToTell:
    """Months of counts that are about to be told; `new` is what wasn't told before."""

    kept: Mapping[Period, Sequence[KeptCounts]]
    fewest: int = FEWEST_PERSONS
    new: list[KeptCounts] = field(default_factory=list)

    def hidden(self, period: Period, counts: Sequence[Count], sizes: Mapping[Atom, Size]) -> frozenset[Name]:
        """Return which counts of a month to hide: those of too few, and what would tell of such ones.

        By other counts of the month, or by what any version of it told. sizes: of all that the counts are of.
        """
        mark = fingerprint([self.fewest, [[each.name, sorted(each.members)] for each in counts]])
        versions = self.kept.get(period, ())
        before = [each.published for each in versions if each.mark == mark]
        published = (
            before[-1]
            if before
            else counts_to_publish(counts, sizes, [each.published for each in versions], self.fewest)
        )
        hidden = frozenset(each.name for each in counts if each.members not in published.shown)
        if not before:
            self.new.append(KeptCounts(period, mark, published, hidden))
        return hidden

    def hidden_before(self, period: Period) -> frozenset[Name]:
        """Return which counts of a month an earlier version hid: a mean delivered then tells them."""
        return frozenset[Name]().union(*(each.hidden for each in self.kept.get(period, ())))


def counts_to_publish(
    counts: Sequence[Count], sizes: Mapping[Atom, Size], told: Sequence[Published], fewest: int
) -> Published:
    """Decide which counts of a month to show beside all that was told of it."""
    few = {each.members for each in counts if is_small(each.size, fewest)}
    if told or any(len(each.members) > 1 for each in counts):
        large = [each for each in counts if each.members not in few]
        in_turn = sorted(large, key=lambda each: (each.is_complement, -each.size))
        shown: Set[Sum] = sums_to_show([each.members for each in in_turn], few, sizes, told, fewest)
    else:
        shown = {each.members for each in counts} - few
    if not told:
        shown = shown - {each.members for each in counts if each.is_complement}
    return Published(
        sizes, frozenset(shown), frozenset(each.members for each in counts if each.members not in shown)
    )
