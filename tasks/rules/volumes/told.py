"""Which volumes may be told: none of too few in any month, nor what such a one would follow from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from tasks.rules.declaration import Volume
from tasks.rules.delivered import Delivered
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.published_counts import Count, CountsToTell, Name
from tasks.rules.published_sums import Atom

OUTCOME = "utfall"
FEW_PARTS = 4
"""Of so few parts some may be all: a measure of its own kind may be delivered beside those of an age."""


def hidden_volumes(
    rows: Iterable[Delivered],
    register: Register,
    period: Period,
    declared: Mapping[str, Volume],
    telling: CountsToTell,
) -> frozenset[Name]:
    """Return the places and measures that are hidden in a month of the period's year or of the one before.

    A mean is of all months, so one that is hidden, in any version, hides the others. Hours and visits are
    nobody. rows: units called by their codes.
    """
    months: dict[Period, list[Delivered]] = defaultdict(list)
    for row in rows:
        measure = declared.get(row.item or "")
        is_counted = measure is not None and measure.kind == "niva" and row.figure(OUTCOME) is not None
        if is_counted and period.year - 1 <= row.period.year and row.period <= period:
            months[row.period].append(row)
    hidden = frozenset[Name]()
    for month, of_month in sorted(months.items()):
        sizes = {_atom(row): row.figure(OUTCOME) or Decimal(0) for row in of_month}
        hidden |= telling.hidden(month, _counts(of_month, register, period, declared), sizes)
        hidden |= telling.hidden_before(month)
    return hidden


def _counts(
    rows: Sequence[Delivered], register: Register, period: Period, declared: Mapping[str, Volume]
) -> list[Count]:
    """Return the counts of a month; one that its parts add up to is told of by them."""
    own: dict[Name, list[Delivered]] = defaultdict(list)
    for row in rows:
        own[register.heir(row.unit or "", period), row.item or ""].append(row)
    below: dict[Name, list[Name]] = defaultdict(list)
    measures: dict[Name, list[Name]] = defaultdict(list)
    for code, measure in own:
        above = [(place.code, measure) for place in register.above(code, period)]
        for place in [each for each in above if each in own][:1]:
            below[place].append((code, measure))
        whole = declared[measure].part_of
        if whole is not None:
            measures[code, whole].append((code, measure))
    counts: dict[Name, Count] = {}

    def count(name: Name) -> Count:
        if name not in counts:
            groups = [[count(each) for each in parts[name]] for parts in (below, measures)]
            counts[name] = _count(name, own[name], groups)
        return counts[name]

    return [count(name) for name in sorted(own)]


def _count(name: Name, rows: Sequence[Delivered], groups: Iterable[Sequence[Count]]) -> Count:
    """Make a count of the first parts that it is the sum of; else it is of itself."""
    size = sum((row.figure(OUTCOME) or Decimal(0) for row in rows), Decimal(0))
    for parts in groups:
        for most in range(len(parts), 0, -1):
            for some in combinations(parts, most) if len(parts) <= FEW_PARTS else [parts]:
                if sum(part.size for part in some) == size:
                    return Count(name, size, frozenset(atom for part in some for atom in part.members))
    return Count(name, size, frozenset(map(_atom, rows)))


def _atom(row: Delivered) -> Atom:
    figure = row.figure(OUTCOME) or Decimal(0)
    return (row.unit or "", row.item or "", f"{figure.normalize():f}")
