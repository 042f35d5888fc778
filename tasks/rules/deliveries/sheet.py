"""A delivery's table under the contract's names, every cell read by its column's kind."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import permutations
from typing import Literal, Protocol

import polars as pl

from tasks.rules.cell_text import day_of, year_of, yes_or_no
from tasks.rules.declaration import Column, Kind, Source
from tasks.rules.deliveries.columns import ColumnMatches
from tasks.rules.deliveries.findings import Problem
from tasks.rules.deliveries.unit_spelling import UnitSpellings
from tasks.rules.measured.quantity_text import number_part
from tasks.rules.month_text import month_of
from tasks.rules.number_text import Missing, Money, NumberColumn, as_decimals, parse_amounts, parse_counts
from tasks.rules.organisation import FoundUnit, Register, UnitState
from tasks.rules.periods import Period

IN_MEMORY: Literal["in-memory"] = "in-memory"
"""The engine for tables that fit in memory: polars' usual one takes longer to start than a month's file."""


class WrittenTable(Protocol):
    """What was read of a file (tasks.deliveries.tables.raw_table): trimmed cells, null where empty."""

    @property
    def headers(self) -> Sequence[str]:
        """Return the headers as written."""

    @property
    def columns(self) -> Sequence[str]:
        """Return the headers' normalised names."""

    @property
    def frame(self) -> pl.DataFrame:
        """Return one String column per normalised name, and Int64 `row_no`."""

    @property
    def header_row(self) -> int:
        """Return the number of the headers' row."""

    @property
    def beside(self) -> Sequence[str]:
        """Return texts that the file has beside the table."""

    @property
    def notes(self) -> Sequence[Problem]:
        """Return what was read otherwise than it stands."""


@dataclass(frozen=True)
class Sheet:
    """What the rules look at. All series are as long as `text`.

    `text` holds `row_no` and the cells as written, by the contract's names. `numbers` are in kronor or the
    column's own unit; of columns that are equal, those that the file lacks are there as well. `decimals` are
    their values as exact polars Decimals. `read` holds days, months, years, choices and yes/no, null where
    the text can't be read. `months` is each row's month, the file's where the row has none that can be read.
    `unread` holds the file's other columns, under their headers as written.
    `file_months`: the months that a year's file is the deliveries of; None of a month's file.
    `unit` is the code found, else the text as written; `unit_state` a `UnitState`, null where no unit is
    named, it is an area, or there is no register.
    """

    source: Source
    period: Period
    today: date
    register: Register | None
    text: pl.DataFrame
    headers: Mapping[str, str]
    numbers: Mapping[str, NumberColumn]
    decimals: Mapping[str, pl.Series]
    read: Mapping[str, pl.Series]
    months: pl.Series
    unit: pl.Series
    unit_state: pl.Series
    unread: pl.DataFrame
    file_months: tuple[Period, ...] | None = None

    def only(self, mask: pl.Series) -> "Sheet":
        """Return the sheet with the rows of a mask alone."""
        return replace(
            self,
            text=self.text.filter(mask),
            numbers={
                name: NumberColumn(read.values.filter(mask), read.missing.filter(mask), read.bad.filter(mask))
                for name, read in self.numbers.items()
            },
            decimals={name: values.filter(mask) for name, values in self.decimals.items()},
            read={name: values.filter(mask) for name, values in self.read.items()},
            months=self.months.filter(mask),
            unit=self.unit.filter(mask),
            unit_state=self.unit_state.filter(mask),
            unread=self.unread.filter(mask),
        )

    def has(self, *names: str) -> bool:
        """Tell whether the file has all of these columns."""
        return all(name in self.headers for name in names)

    def present(self, columns: Iterable[Column]) -> list[Column]:
        """Return those of some columns that the file has."""
        return [column for column in columns if column.name in self.headers]

    def stored(self, name: str) -> pl.Series:
        """Return a column as it is compared and stored: what was read of it, else its text."""
        return self.read.get(name, self.text[name])


def named_rows(raw: WrittenTable, matches: ColumnMatches) -> pl.DataFrame:
    """Return the contract's columns of a table under the contract's names, with `row_no`."""
    return raw.frame.select("row_no", *(pl.col(m.column).alias(name) for name, m in matches.by_name.items()))


def unread_columns(raw: WrittenTable, matches: ColumnMatches) -> pl.DataFrame:
    """Return a table's other columns, under their headers as written."""
    unread = raw.frame.drop("row_no", *(match.column for match in matches.by_name.values()))
    return unread.rename(dict(zip(raw.columns, raw.headers, strict=True)), strict=False)


def read_sheet(
    text: pl.DataFrame,
    matches: ColumnMatches,
    source: Source,
    period: Period,
    register: Register | None,
    today: date,
    unread: pl.DataFrame,
) -> Sheet:
    """Read every cell of named rows; `unread` are the file's other columns."""
    columns = [column for column in source.columns if column.name in matches.by_name]
    powers = {name: match.power for name, match in matches.by_name.items()}
    numbers = {c.name: _numbers(text[c.name], c, powers[c.name]) for c in columns if c.kind.is_numeric}
    numbers |= dict(_equal_numbers(numbers, source))
    read = {c.name: _mapped(text[c.name], *_readers(c)) for c in columns if c.kind in _READ_KINDS}
    decimals = {name: as_decimals(column.values) for name, column in numbers.items()}
    months = _row_months(read.get("period"), period, text.height)
    unit, state = _resolve_units(text, months, source, register)
    headers = {name: match.header for name, match in matches.by_name.items()}
    return Sheet(
        source, period, today, register, text, headers, numbers, decimals, read, months, unit, state, unread
    )


_READ_KINDS = frozenset({Kind.PERIOD, Kind.YEAR, Kind.DATE, Kind.YES_NO, Kind.CHOICE})


def _readers(column: Column) -> tuple[Callable[[str], object], pl.DataType]:
    choices = dict(column.choices)
    readers: dict[Kind, tuple[Callable[[str], object], pl.DataType]] = {
        Kind.PERIOD: (month_of, pl.Date()),
        Kind.YEAR: (year_of, pl.Date()),
        Kind.DATE: (day_of, pl.Date()),
        Kind.YES_NO: (yes_or_no, pl.Boolean()),
        Kind.CHOICE: (lambda text: choices.get(text.casefold()), pl.String()),
    }
    return readers[column.kind]


def _mapped(cells: pl.Series, reader: Callable[[str], object], dtype: pl.DataType) -> pl.Series:
    """Read each distinct text once."""
    distinct = cells.drop_nulls().unique()
    values = pl.Series([reader(text) for text in distinct], dtype=dtype)
    return cells.replace_strict(distinct, values, default=None, return_dtype=dtype)


def _numbers(cells: pl.Series, column: Column, power: int) -> NumberColumn:
    if column.kind in {Kind.COUNT, Kind.GRADE}:
        return parse_counts(cells)
    if column.kind is Kind.QUANTITY:
        return quantities(cells)
    money = None if column.kind is not Kind.AMOUNT else Money.KRONOR if not power else Money.THOUSANDS
    read = parse_amounts(cells, percent=column.kind is Kind.NUMBER, money=money)
    return replace(read, values=shifted(read.values, power)) if power else read


def quantities(cells: pl.Series) -> NumberColumn:
    """Read numbers that may have their unit in the cell."""
    return parse_amounts(_mapped(cells, number_part, pl.String()), percent=True)


def _equal_numbers(numbers: Mapping[str, NumberColumn], source: Source) -> Iterator[tuple[str, NumberColumn]]:
    """Fill the empty cells of columns that are equal from each other."""
    for group in (group for group in source.one_of if group.are_equal):
        for name, other in permutations(group.columns, 2):
            if other in numbers:
                yield name, _filled(numbers.get(name), numbers[other])


def _filled(own: NumberColumn | None, other: NumberColumn) -> NumberColumn:
    if own is None:
        return other
    has_own = (own.missing != Missing.EMPTY.value).fill_null(value=True)
    return NumberColumn(
        own.values.zip_with(has_own, other.values),
        own.missing.zip_with(has_own, other.missing),
        own.bad,
    )


def shifted(values: pl.Series, power: int) -> pl.Series:
    """Multiply canonical decimal texts by a power of ten, exactly: the point moves."""
    texts = pl.col("text")
    fraction = texts.str.extract(r"\.([0-9]+)$").fill_null("").str.pad_end(power, "0")
    whole = pl.concat_str(texts.str.extract("^(-?[0-9]+)"), fraction.str.slice(0, power))
    rest = fraction.str.slice(power).str.strip_chars_end("0")
    joined = pl.concat_str(whole, pl.when(rest != "").then("." + rest).otherwise(pl.lit("")))
    return values.to_frame("text").select(joined.str.replace("^(-?)0+([0-9])", "${1}${2}"))["text"]


def _resolve_units(
    text: pl.DataFrame, months: pl.Series, source: Source, register: Register | None
) -> tuple[pl.Series, pl.Series]:
    """Find each row's unit in its month; areas and, without a register, units stay as written."""
    columns = [name for name in source.unit_columns if name in text.columns]
    nothing = repeated(None, pl.String(), text.height)
    written = text.select(pl.coalesce(columns)).to_series() if columns else nothing
    own = next((name for name in columns if name not in source.area_columns), None)
    if not register or own is None:
        return written, nothing.cast(pl.Int8)
    rows = pl.DataFrame({"unit": text[own], "month": months})
    known = _found_units(rows.drop_nulls().unique(), register)
    joined = rows.join(known, on=["unit", "month"], how="left", maintain_order="left")
    return joined.select(pl.coalesce("code", written)).to_series(), joined["state"]


def _row_months(months: pl.Series | None, period: Period, height: int) -> pl.Series:
    if months is not None:
        return months.fill_null(period.first_day)
    return repeated(period.first_day, pl.Date(), height)


def repeated(value: object, dtype: pl.DataType | type[pl.DataType], height: int) -> pl.Series:
    """Return a series that holds one value so many times."""
    return pl.Series([value], dtype=dtype).new_from_index(0, height)


def _found_units(pairs: pl.DataFrame, register: Register) -> pl.DataFrame:
    """Find the unit of each text and month: as the register writes it, else the only one that it may be."""
    periods = {month: Period.of(month) for month in pairs["month"].unique()}
    spellings: dict[Period, UnitSpellings] = {}

    def find(text: str, period: Period) -> FoundUnit:
        exact = register.find(text, period)
        if exact.state is not UnitState.UNKNOWN:
            return exact
        if period not in spellings:
            spellings[period] = UnitSpellings.of(register, period)
        return spellings[period].find(text)

    answers = [find(unit, periods[month]) for unit, month in pairs.iter_rows()]
    codes = [answer.code if answer.state is UnitState.FOUND else None for answer in answers]
    return pairs.with_columns(
        pl.Series("code", codes, dtype=pl.String),
        pl.Series("state", [int(answer.state) for answer in answers], dtype=pl.Int8),
    )
