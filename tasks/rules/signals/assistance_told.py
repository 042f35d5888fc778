"""Social assistance as it may be told beside what was: each month's row, and what of it is hidden.

A change of so few households or persons that a version beside another would tell of them is left out: the
month counts as it was told. Its kronor too, since those of the few would follow.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from tasks.rules.delivered import Cell, Delivered
from tasks.rules.json_values import Json, fingerprint
from tasks.rules.periods import Period
from tasks.rules.published_counts import Count, KeptCounts, counts_to_publish
from tasks.rules.published_sums import Atom, Published
from tasks.rules.signals.assistance_month import (
    ADULTS,
    CHILDREN,
    CITY,
    HOUSEHOLDS,
    MEASURES,
    OLDER,
    PLACES,
    SO_FAR,
    YEAR_MEAN,
    YOUNG,
    Row,
    figure,
    hidden_columns,
    hidden_measures,
)
from tasks.rules.small_groups import FEWEST_PERSONS, Size, is_small

COUNTS = (HOUSEHOLDS, ADULTS, CHILDREN, YOUNG)


@dataclass(frozen=True)
class ToldAssistance:
    """A month as it was told once; mark: what it was made of.

    row: its figures, hidden ones too. hidden: the measures that aren't shown, with their place. put_back: the
    places that count as an earlier version told them. leaves_out: a change isn't told.
    """

    row: Delivered
    mark: str
    hidden: frozenset[str]
    put_back: frozenset[str]
    leaves_out: bool
    published: Published

    @property
    def period(self) -> Period:
        """Return the month."""
        return self.row.period

    @property
    def hidden_in_means(self) -> frozenset[str]:
        """Return the measures that no mean of several months may tell: it would be of the change too."""
        return self.hidden | {f"{name}{place}" for place in self.put_back for name in MEASURES}

    def as_data(self) -> Json:
        """Return it as it is kept."""
        return {
            **KeptCounts(self.period, self.mark, self.published).as_data(),
            "figures": {name: None if kr is None else str(kr) for name, kr in self.row.figures.items()},
            "delivery": self.row.delivery,
            "row": self.row.row_no,
            "measures": sorted(self.hidden),
            "put_back": sorted(self.put_back),
            "leaves_out": self.leaves_out,
        }

    @classmethod
    def of_data(cls, period: Period, mark: str, data: Json) -> "ToldAssistance":
        """Read what was kept."""
        cells: dict[str, Cell] = {
            name: None if kept is None else Decimal(kept) for name, kept in data["figures"].items()
        }
        return cls(
            row=Delivered(period, None, None, cells, data["delivery"], data["row"]),
            mark=mark,
            hidden=frozenset(data["measures"]),
            put_back=frozenset(data["put_back"]),
            leaves_out=data["leaves_out"],
            published=KeptCounts.of_data(period, mark, data).published,
        )


Kept = Mapping[Period, Sequence[ToldAssistance]]


@dataclass
class AssistanceToTell:
    """Months as they may be told, made of rows and of what was kept of them; `new` wasn't told before."""

    rows: Iterable[Delivered]
    kept: Kept = field(default_factory=dict)
    fewest: int = FEWEST_PERSONS
    months: dict[Period, ToldAssistance] = field(init=False)
    new: list[ToldAssistance] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        """Decide of every month."""
        self.months = {row.period: self._told(row) for row in self.rows}

    def rows_of(self, period: Period) -> list[Delivered]:
        """Return the month's row as it is told; none where none was delivered."""
        return [self.months[period].row] if period in self.months else []

    def leaves_out(self, period: Period) -> bool:
        """Tell whether a change of the month isn't told."""
        return period in self.months and self.months[period].leaves_out

    def hides_households(self, periods: Iterable[Period]) -> bool:
        """Tell whether the households of any of some months are hidden."""
        return any(HOUSEHOLDS in self.months[each].hidden for each in periods if each in self.months)

    def hidden_columns(self, period: Period) -> frozenset[str]:
        """Return the columns to hide of a month: means too, that tell a month or a version."""
        figures = {month: told.row.figures for month, told in self.months.items() if month <= period}
        also: dict[Period, frozenset[str]] = {}
        for month in {*figures, *self.kept}:
            told = [*self.kept.get(month, ()), *([self.months[month]] if month in self.months else [])]
            also[month] = frozenset[str]().union(*(each.hidden_in_means for each in told))
        row = figures.get(period, {})
        if period in self.months:
            also[period] = self.months[period].hidden
        of_few = hidden_columns(row, period, figures, self.fewest, also)
        return of_few | frozenset(self._changed_means(row, period))

    def _told(self, row: Delivered) -> ToldAssistance:
        cells = sorted((name, str(kr)) for name, kr in row.figures.items() if kr is not None)
        mark = fingerprint([self.fewest, cells])
        versions = self.kept.get(row.period, ())
        for told in versions:
            if told.mark == mark:
                return told
        told = month_to_tell(row, mark, versions, self.fewest)
        self.new.append(told)
        return told

    def _changed_means(self, row: Row, period: Period) -> Iterator[str]:
        """Yield the columns of the means that moved by few households or persons since some version."""
        for place in PLACES:
            for span in (SO_FAR, YEAR_MEAN):
                changed = {
                    name
                    for name in COUNTS
                    for told in self.kept.get(period, ())
                    if _is_changed_by_few(
                        row, told.row.figures, f"{name}{place}{span}", self.fewest, period.month
                    )
                }
                for name in MEASURES if HOUSEHOLDS in changed else changed:
                    yield f"{name}{place}{span}"


def month_to_tell(
    row: Delivered, mark: str, versions: Sequence[ToldAssistance], fewest: int = FEWEST_PERSONS
) -> ToldAssistance:
    """Decide what is told of a month beside what was told of it, oldest first."""
    cells, put_back = dict(row.cells), set()
    for place in PLACES:
        for told in versions:
            if _has_few_more_or_fewer(row.figures, told, place, fewest):
                put_back.add(place)
                columns = [name for name in {**row.cells, **told.row.cells} if (CITY in name) == bool(place)]
                cells |= {name: told.row.cells.get(name) for name in columns}
    row = replace(row, cells=cells)
    few = {place: hidden_measures(row.figures, place, fewest) for place in PLACES}
    of_few = {f"{name}{place}" for place, names in few.items() for name in names}
    counts, sizes = _counts(row.figures, few, fewest)
    published = counts_to_publish(counts, sizes, [told.published for told in versions], fewest)
    kept_back = {"".join(each.name) for each in counts if each.members not in published.shown}
    hidden = frozenset(
        {*of_few, *kept_back}
        | {f"{name}{place}" for place in PLACES if f"{HOUSEHOLDS}{place}" in kept_back for name in MEASURES}
    )
    return ToldAssistance(
        row, mark, hidden, frozenset(put_back), bool(put_back) or not kept_back <= of_few, published
    )


def _has_few_more_or_fewer(row: Row, told: ToldAssistance, place: str, fewest: int) -> bool:
    """Tell whether a count that a version showed has since changed by few."""
    names = [name for name in (f"{count}{place}" for count in COUNTS) if name not in told.hidden]
    return any(_is_changed_by_few(row, told.row.figures, name, fewest) for name in names)


def _is_changed_by_few(row: Row, before: Row, column: str, fewest: int, months: int = 1) -> bool:
    count, then = figure(row, column), figure(before, column)
    return count is not None and then is not None and is_small(abs(count - then) * months, fewest)


def _counts(row: Row, few: Mapping[str, frozenset[str]], fewest: int) -> tuple[list[Count], dict[Atom, Size]]:
    """Return the counts of a month and how many each figure is of; adults are the young and the others."""
    counts: list[Count] = []
    sizes: dict[Atom, Size] = {}
    for place in PLACES:
        known = {name: count for name in COUNTS if (count := figure(row, f"{name}{place}")) is not None}
        parts = {name: [name] for name in known}
        if ADULTS in known and YOUNG in known:
            known[OLDER] = max(known[ADULTS] - known[YOUNG], Decimal(0))
            parts[ADULTS] = [YOUNG, OLDER]
        atoms: dict[str, Atom] = {
            name: (place, name, f"{count.normalize():f}") for name, count in known.items()
        }
        is_of_few_households = few[place] == MEASURES
        for name, members in parts.items():
            sizes |= {atoms[each]: known[each] for each in members}
            counts.append(
                Count(
                    name=(name, place),
                    size=min(known[name], Decimal(fewest - 1)) if is_of_few_households else known[name],
                    members=frozenset(atoms[each] for each in members),
                    is_complement=name in few[place],
                )
            )
    return counts, sizes
