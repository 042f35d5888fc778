"""To controllers and the board: the whole month on one page. All strings are ready to read."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

RowKind = Literal["", "part", "subpart", "total", "beside"]
CellKind = Literal["text", "mnkr", "tkr", "kr", "result", "percent", "count", "date", "missing", "hidden"]
"""What a cell holds. mnkr, tkr and result are kronor, shown as millions, thousands and millions with the word
of their sign (+ is överskott); percent is per cent; missing is not zero, and hidden is neither."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A figure or a name as it is read; `note` stands small below it, and `further` below that.

    `mark` is quiet for words instead of a figure, words for what may be broken. A warned unit's name
    has its `word` ("LARM") before it. `value` is what `text` says, unrounded, for who reckons on: a figure
    of the unit that `kind` tells, None for words and what is missing or hidden.
    """

    text: str
    note: str = ""
    further: str = ""
    word: str = ""
    mark: Literal["", "quiet", "larm", "bevaka", "words"] = ""
    kind: CellKind = "text"
    value: Decimal | date | None = None
    decimals: int = 0
    unit: str = ""  # after the number, where it isn't the one that the kind tells


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """A line of a table: its name, and a cell for each further head.

    `kind` tells a part of the line above (two depths), a total, and what is of which (beside a total).
    `detail` is a sentence over the table's whole width, `remarks` stand below it on a line each.
    """

    name: Cell
    cells: tuple[Cell, ...]
    kind: RowKind = ""
    detail: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """`caption` says of what and in which unit; `heads` names the first column too."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[ReportRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartText:
    """A text in a picture, at a place in its pixels."""

    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartLine:
    """A line through `points` ("44.0,16.0 95.3,20.1"), its name where it ends; look at the `own` one."""

    points: str
    name: ChartText
    mark: Literal["own", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture of lines over months; `alt` tells its figures to who can't see it."""

    title: str
    alt: str
    width: str
    height: str
    grid: tuple[ChartText, ...]
    months: tuple[ChartText, ...]
    lines: tuple[ChartLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words and points below a small title of their own (`Analys`).

    `asks` marks what only a person can write ("[Skriv: …]"); the words are then a draft of it.
    """

    title: str = ""
    words: str = ""
    asks: str = ""
    points: tuple[str, ...] = ()
    is_numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the page: sentences, texts, pictures, tables (an empty one isn't shown), small notes.

    `code` is its name that never changes (`driftbudget`), for other documents to pick and order sections by.
    `level` is its heading's: one of 3 stands inside the one of 2 before it, down to 5. `is_folded`: on a
    screen it is opened by who asks for it.
    """

    title: str
    code: str = ""
    is_folded: bool = False
    level: int = 2
    sentences: tuple[str, ...] = ()
    texts: tuple[Text, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[ReportTable, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFigure:
    """A figure that is read first: what it is of, and a few words below it."""

    name: str
    value: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCurve:
    """The small picture of a unit's year: its name and deviation, and where its lines go (px).

    `alt` tells its figures. `interval` is the line of where the year ends, empty without one.
    """

    name: str
    deviation: str
    alt: str
    zero: str
    points: str
    end_x: str
    end_y: str
    ahead: str
    interval: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPage:
    """The page: `headline` says in one line what is the matter, `lead` what stands behind it.

    `curves` are the worst units' years on one axis. `figures` are read first, `changes` say what is told
    otherwise than a month ago. `state` is the word of completeness ("KOMPLETT"), `gaps` the sentences about
    it; `is_whole` when no figure is missing from what they are about.
    """

    administration: str
    month: str  # "september 2026"
    headline: str
    lead: tuple[str, ...]
    is_whole: bool
    state: str
    gaps: tuple[str, ...]
    sections: tuple[Section, ...]
    foot: tuple[str, ...]
    figures: tuple[PageFigure, ...] = ()
    curves: tuple[PageCurve, ...] = ()
    changes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Return what the report is called, with its month."""
        return f"Månadsuppföljning {self.month}"
