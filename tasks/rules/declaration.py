"""What a source is, as data: its columns, bounds, keys and deadline."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What a cell holds, and so how it is read."""

    CODE = "kod"
    CODES = "koder"
    TEXT = "text"
    TARGET = "mål"
    NUMBER_OR_TEXT = "tal eller text"
    CHOICE = "val"
    YES_NO = "ja/nej"
    EMAIL = "e-postadress"
    DATE = "datum"
    PERIOD = "månad"
    YEAR = "år"
    AMOUNT = "belopp"
    COUNT = "antal"
    HOURS = "timmar"
    NUMBER = "tal"
    QUANTITY = "tal med enhet"
    GRADE = "grad"

    @property
    def is_numeric(self) -> bool:
        """Tell whether the cell is a figure that can be stored as a decimal."""
        return self in {Kind.AMOUNT, Kind.COUNT, Kind.HOURS, Kind.NUMBER, Kind.QUANTITY, Kind.GRADE}


class Shape(StrEnum):
    """The form a source is stored in."""

    LEDGER = "ledger"
    REGISTER = "register"
    FIGURES = "figures"


class RowMonths(StrEnum):
    """Which months the rows of a file may be about."""

    OF_FILE = "filens månad"
    OF_YEAR = "filens år"


@dataclass(frozen=True)
class Bounds:
    """The smallest and the largest value that is accepted, in the column's unit; None is no bound."""

    low: Decimal | None = None
    high: Decimal | None = None

    @classmethod
    def between(cls, low: str | None, high: str | None) -> "Bounds":
        """Make bounds of decimal text."""
        return cls(None if low is None else Decimal(low), None if high is None else Decimal(high))


NO_BOUNDS = Bounds()
BELIEVABLE = Bounds.between("-100000000000", "100000000000")
"""No figure of an administration is larger; up to here the sum of a million rows fits 38 digits."""
NOT_NEGATIVE = Bounds(Decimal(0), BELIEVABLE.high)


@dataclass(frozen=True)
class Column:
    """One column. `hard` bounds refuse the file, `soft` ones warn.

    `aliases` are other names for the header, `choices` pairs of (as written in lower case, as stored).
    Keys must be filled in and tell the rows apart; `must_be_filled` cells needn't tell them apart, and those
    that `may_tell_apart` do so where they are filled in.
    `is_item` names what the row's figures are about beside the unit (mått, kön, indikator); `is_totalled`
    columns are summed in the receipt; `is_detail` cells may not say "Summa"; `is_spelt_freely` names are the
    same whatever their case, dashes and spaces.
    """

    name: str
    kind: Kind
    title: str
    aliases: tuple[str, ...] = ()
    must_exist: bool = False
    is_key: bool = False
    may_tell_apart: bool = False
    must_be_filled: bool = False
    is_item: bool = False
    is_detail: bool = False
    is_totalled: bool = False
    is_spelt_freely: bool = False
    hard: Bounds = BELIEVABLE
    soft: Bounds = NO_BOUNDS
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name that the header may have, without the suffixes `_tkr` and `_mnkr`."""
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class OneOf:
    """Columns of which at least one must exist.

    `in_every_row`: and be filled in. `are_equal`: an empty one has the same value as a filled one.
    """

    columns: tuple[str, ...]
    in_every_row: bool = False
    are_equal: bool = False


@dataclass(frozen=True)
class AtMost:
    """The sum of `parts` may not be larger than `whole` on any row."""

    parts: tuple[str, ...]
    whole: str
    rule: str
    remedy: str


@dataclass(frozen=True)
class Signs:
    """Groups of `column` whose name holds one of `income_words` have negative sums, of `cost_words` positive.

    Sums (kr) nearer to zero than `tolerance` say nothing.
    """

    column: str
    amounts: tuple[str, ...]
    income_words: tuple[str, ...]
    cost_words: tuple[str, ...]
    tolerance: Decimal


@dataclass(frozen=True)
class Volume:
    """A volume: `niva` is a level (children; the year is a mean), `flode` a flow (hours; a sum).

    one, many: its noun in a sentence. part_of: the measure that contains it, so that nothing is counted
    twice. are_places: what is planned and not used is said as empty places. reading_months: the months
    (1–12) of the readings that the year's budget follows; none where it doesn't. room_of: the measure that
    this one is held against by: the places that children fill, the granted hours that are carried out.
    """

    name: str
    kind: str
    one: str = "prestation"
    many: str = "prestationer"
    part_of: str | None = None
    are_places: bool = False
    reading_months: tuple[int, ...] = ()
    room_of: str | None = None


@dataclass(frozen=True)
class Size:
    """What tells a column's size on its row: other columns' product, times a number.

    is_exact: it tells the figure, and not only about how large it is.
    """

    of: str
    by: tuple[str, ...]
    times: int = 1
    is_exact: bool = False


@dataclass(frozen=True)
class Plausible:
    """What a source's figures are held against each other by, as columns (contract: Held).

    counted: counted or paid in each month anew. forecasts: of the year, which have the sign of their budget.
    pairs: a column, its plan or budget on the same row, and which of them that is. sizes: the first that is
    known tells. targets, outcomes, parts: of figures that are in per cent where a target says so.
    """

    counted: tuple[str, ...] = ()
    forecasts: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str, str], ...] = ()
    sizes: tuple[Size, ...] = ()
    targets: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def of_percent(self) -> tuple[str, ...]:
        """Return the columns that may be in per cent."""
        return (*self.targets, *self.outcomes, *self.parts)


@dataclass(frozen=True)
class Source:
    """Where a delivery comes from and what it must look like.

    `unit_columns` name the row's unit, the first filled one decides; `area_columns` are those of them that
    hold areas as published, which need no register. `units_need_register` is false where an unknown unit is
    kept, `units_may_lack` true where a row may be of no unit. `sums_rows`: several rows about the same are
    summed; `repeats_rows`: those that say precisely the same are kept, and those that no column of the file
    tells apart. `part_of` names the row that a row is a part of, which `whole_may_lack` in the file.
    `deadline` is a working day of the next month. `months_ahead`: so early a file may come. `may_lag`: an
    older month's figures may stand for the month's, named as what they are.
    `half_of`: the source that it is one half of, which may come whole or in halves from two systems.
    `year_in_every_month`: each month of a year's file is told the whole year.
    `personal`: headers (normalised) of columns that are about single persons, beside those of every source.
    """

    name: str
    title: str
    origin: str
    columns: tuple[Column, ...]
    shape: Shape = Shape.FIGURES
    months: RowMonths = RowMonths.OF_FILE
    unit_columns: tuple[str, ...] = ()
    area_columns: tuple[str, ...] = ()
    units_need_register: bool = True
    covers_every_unit: bool = False
    one_of: tuple[OneOf, ...] = ()
    at_most: tuple[AtMost, ...] = ()
    in_order: tuple[tuple[str, str], ...] = ()
    not_after_period: tuple[str, ...] = ()
    signs: Signs | None = None
    personal: tuple[str, ...] = ()
    plausible: Plausible = field(default_factory=Plausible)
    part_of: str | None = None
    whole_may_lack: bool = False
    units_may_lack: bool = False
    sums_rows: bool = False
    repeats_rows: bool = False
    volumes: tuple[Volume, ...] = ()
    deadline: int = 5
    months_ahead: int = 0
    may_lag: bool = False
    half_of: str | None = None
    year_in_every_month: bool = False
    _by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {column.name: column for column in self.columns})

    def column(self, name: str) -> Column:
        """Return a column by the contract's name. Raises KeyError."""
        return self._by_name[name]

    def tells(self, name: str) -> bool:
        """Tell whether it has a column."""
        return name in self._by_name

    @property
    def key_columns(self) -> tuple[Column, ...]:
        """Return the columns that tell the rows apart."""
        return tuple(column for column in self.columns if column.is_key)

    @property
    def item_columns(self) -> tuple[Column, ...]:
        """Return the columns that together with the unit say what a row's figures are about."""
        return tuple(column for column in self.columns if column.is_item)

    @property
    def has_year_files(self) -> bool:
        """Tell whether a file may hold several months of a year, each of which is a delivery of its own.

        A source whose files hold the year anyway has none: the year's file is December's delivery. The halves
        of one have them, since a budget of the year is for each of its months.
        """
        return any(self.of_kind(Kind.PERIOD)) and (self.has_own_months or self.half_of is not None)

    @property
    def has_own_months(self) -> bool:
        """Tell whether a month's file is of that month alone: one that holds several is a year's."""
        return self.months is RowMonths.OF_FILE

    @property
    def whole(self) -> str:
        """Return what a month needs and this is of: the source itself, or the one that it is a half of."""
        return self.half_of or self.name

    def signs_of(self, amount: str) -> Signs | None:
        """Return what is told of the signs of one of its amounts."""
        return None if self.signs is None else replace(self.signs, amounts=(amount,))

    def of_kind(self, *kinds: Kind) -> Iterator[Column]:
        """Yield the columns of some kinds."""
        return (column for column in self.columns if column.kind in kinds)

    @property
    def figure_columns(self) -> tuple[Column, ...]:
        """Return the columns beside the row's month, unit and one item: what is said of these."""
        items = self.item_columns
        about = {*self.unit_columns, *(items[0].name for _ in items if len(items) == 1)}
        return tuple(
            column
            for column in self.columns
            if column.name not in about and column.kind not in {Kind.PERIOD, Kind.YEAR}
        )

    @property
    def numeric_columns(self) -> tuple[Column, ...]:
        """Return the columns whose cells are figures."""
        return tuple(column for column in self.columns if column.kind.is_numeric)
