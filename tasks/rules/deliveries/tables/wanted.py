"""What a file must hold to be a source's table: asked where the table isn't all that the file holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from tasks.rules.declaration import Kind, Source
from tasks.rules.deliveries.columns import Meaning, column_name, meanings_of
from tasks.rules.periods import Period


@dataclass(frozen=True)
class Wanted:
    """The table of a source, in a file that is for a month, or for the year that its month is the last of."""

    source: Source
    period: Period
    is_year: bool = False

    @cached_property
    def meanings(self) -> Mapping[str, Meaning]:
        """Return what every normalised header that the source knows means."""
        return meanings_of(self.source)

    @cached_property
    def needed(self) -> tuple[frozenset[str], ...]:
        """Return groups of columns; at least one of each must exist."""
        columns = [frozenset({column.name}) for column in self.source.columns if column.must_exist]
        return (*columns, *(frozenset(group.columns) for group in self.source.one_of))

    @cached_property
    def keys(self) -> tuple[frozenset[str], ...]:
        """Return groups of columns; at least one of each must be filled in on every row."""
        units = frozenset(self.source.unit_columns)
        own = [
            frozenset({column.name})
            for column in self.source.columns
            if (column.is_key or column.must_be_filled) and column.name not in units
        ]
        return (*own, units) if units else tuple(own)

    @cached_property
    def figures(self) -> frozenset[str]:
        """Return the columns whose cells are numbers."""
        return frozenset(column.name for column in self.source.numeric_columns)

    @cached_property
    def period_column(self) -> str | None:
        """Return the column that says each row's month; None where the source has none."""
        return next((column.name for column in self.source.of_kind(Kind.PERIOD)), None)

    def meaning(self, header: str | None) -> Meaning | None:
        """Return what a header as written means; None when the source doesn't know it."""
        return self.meanings.get(column_name(header or ""))

    def meant(self, headers: Iterable[str | None]) -> frozenset[str]:
        """Return the source's columns that some headers mean."""
        found = map(self.meaning, headers)
        return frozenset(meaning.name for meaning in found if meaning is not None)

    def fits(self, headers: Iterable[str | None]) -> bool:
        """Tell whether headers have every column that must exist."""
        meant = self.meant(headers)
        return all(group & meant for group in self.needed)

    def has_plain_amounts(self, headers: Iterable[str | None]) -> bool:
        """Tell whether a header means an amount and doesn't say tkr or mnkr itself."""
        amounts = {column.name for column in self.source.of_kind(Kind.AMOUNT)}
        found = map(self.meaning, headers)
        return any(meaning and meaning.name in amounts and not meaning.power for meaning in found)
