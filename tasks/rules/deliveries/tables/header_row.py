"""Where a table begins: its header among the first rows, below titles, in one row or in two."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from tasks.rules.deliveries.columns import column_name
from tasks.rules.deliveries.findings import Problem
from tasks.rules.deliveries.tables.month_headers import is_wide
from tasks.rules.deliveries.tables.wanted import Wanted
from tasks.rules.swedish import counted

SEARCHED = 30
"""So many rows from the top are looked through for the header."""
NAMED = 60
"""So many characters of a title are told."""

Row = tuple[int, Sequence[str | None]]
"""A row's number, as a spreadsheet shows it, and its cells."""

_SAY_NOTHING = {
    *("belopp", "kronor", "kr", "sek", "belopp_kr", "belopp_sek", "belopp_i_kr", "belopp_i_kronor"),
    *("manad", "manaden", "manadens", "period", "perioden", "periodens", "denna_manad", "aktuell_manad"),
}


@dataclass(frozen=True)
class HeaderRow:
    """A table's header: the number of its last row, and its headers as written, joined where it has two rows.

    titles: the rows with text above it; groups: its first row, where it has two. fits: every column that
    must exist is there; is_wide: with the months side by side. problem: why the table can't be read with one
    meaning, though its header was found.
    """

    row: int
    headers: tuple[str, ...]
    titles: tuple[Row, ...] = ()
    groups: Row | None = None
    fits: bool = False
    is_wide: bool = False
    in_two_rows: bool = False
    problem: Problem | None = None
    notes: tuple[Problem, ...] = field(default=(), compare=False)

    @property
    def beside(self) -> list[tuple[int, str]]:
        """Return the texts of titles and group headers, each with its row."""
        rows = self.titles if self.groups is None else (*self.titles, self.groups)
        return [(number, text) for number, cells in rows for text in map(_text, cells) if text]


def find_header(rows: Sequence[Row], wanted: Wanted | None) -> HeaderRow | None:
    """Return the first row, or pair of rows, with every header that must exist; None where no row has text.

    Where none has them it is the row with most headers that the source knows, so that the receipt can say
    what lacks; without `wanted` it is the first row with any text.
    """
    filled = [(number, cells) for number, cells in rows[:SEARCHED] if any(map(_text, cells))]
    if not filled:
        return None
    first = _one_row(filled, 0)
    if wanted is None:
        return first
    found: list[HeaderRow] = []
    for header in (header for place in range(len(filled)) for header in _readings(filled, place, wanted)):
        if header.fits and not header.is_wide:
            return _told(header)
        found.append(header)
    known = [len(wanted.meant(header.headers)) for header in found]
    best = found[known.index(max(known))] if max(known) > 1 else first
    return _told(next((header for header in found if header.fits), best))


def _text(cell: str | None) -> str:
    return (cell or "").strip()


def _one_row(filled: Sequence[Row], place: int) -> HeaderRow:
    number, cells = filled[place]
    return HeaderRow(number, tuple(cell or "" for cell in cells), tuple(filled[:place]))


def _readings(filled: Sequence[Row], place: int, wanted: Wanted) -> Iterator[HeaderRow]:
    """Yield the header that a row is, with the group headers above it and the units below it."""
    alone = _judged(_one_row(filled, place), wanted)
    above = filled[place - 1] if place and filled[place - 1][0] == filled[place][0] - 1 else None
    if above is None or _is_title(above[1], filled[place][1]):
        yield _with_units_below(alone, filled, place, wanted)
        return
    joined = tuple(_joined(above[1], filled[place][1], wanted))
    titles = tuple(filled[: place - 1])
    both = _judged(HeaderRow(filled[place][0], joined, titles, above, in_two_rows=True), wanted)
    if alone.fits and not both.fits:
        yield replace(alone, problem=_group_problem(above, filled[place], wanted))
    else:
        yield both


def _judged(header: HeaderRow, wanted: Wanted) -> HeaderRow:
    fits = wanted.fits(header.headers)
    wide = not fits and is_wide(header.headers, wanted)
    return replace(header, fits=fits or wide, is_wide=wide)


def _is_title(above: Sequence[str | None], below: Sequence[str | None]) -> bool:
    """Tell a title from group headers: it stands alone, over the first header."""
    places = [place for place, cell in enumerate(above) if _text(cell)]
    first = next((place for place, cell in enumerate(below) if _text(cell)), 0)
    return len(places) == 1 and places[0] <= first


def _groups(above: Sequence[str | None], below: Sequence[str | None]) -> Iterator[tuple[str, str, str]]:
    """Yield each column's text above, its group's (which begins there or to the left) and its text below."""
    group = ""
    for upper, lower in zip_longest(map(_text, above), map(_text, below), fillvalue=""):
        group = upper or group
        yield upper, group, lower


def _joined(above: Sequence[str | None], below: Sequence[str | None], wanted: Wanted) -> Iterator[str]:
    """Yield each column's header of two rows."""
    for upper, group, lower in _groups(above, below):
        yield _one_header(group, lower, wanted) if lower else upper


def _one_header(group: str, lower: str, wanted: Wanted) -> str:
    """Return what a header says under a group header.

    Both together where the source knows them so; alone where it is no figure, since a group changes nothing
    about what a unit is, or where the group says nothing (`Belopp`).
    """
    if not group:
        return lower
    known = next((both for both in (f"{group} {lower}", f"{lower} {group}") if wanted.meaning(both)), None)
    if known is not None:
        return known
    meaning = wanted.meaning(lower)
    is_figure = meaning is not None and meaning.name in wanted.figures
    if meaning is not None and (not is_figure or _says_nothing(group, wanted)):
        return lower
    return f"{group} {lower}"


def _says_nothing(group: str, wanted: Wanted) -> bool:
    period = wanted.period
    months = {period.swedish, period.month_name, period.month_name[:3], str(period), str(period.year)}
    return column_name(group) in _SAY_NOTHING | set(map(column_name, (*months, wanted.source.title)))


def _group_problem(above: Row, header: Row, wanted: Wanted) -> Problem:
    """Say which group header may change what the header below it means."""
    group, under = next(
        (group, lower)
        for _, group, lower in _groups(above[1], header[1])
        if lower and _one_header(group, lower, wanted) != lower
    )
    return Problem(
        f"Ovanför rubriken ”{under}” står ”{group[:NAMED]}”, som kan ändra vad kolumnen betyder",
        "Lämna månadens egna belopp under en enda rubrikrad. Är texten bara en titel: ställ den i första "
        "kolumnen, med en tom rad under.",
        above[0],
    )


def _with_units_below(header: HeaderRow, filled: Sequence[Row], place: int, wanted: Wanted) -> HeaderRow:
    """Join the row below a header where it only tells the figures' units: kr, tkr."""
    if (
        not header.fits
        or header.is_wide
        or place + 1 == len(filled)
        or filled[place + 1][0] != header.row + 1
    ):
        return header
    number, cells = filled[place + 1]
    units = {place: _text(cell) for place, cell in enumerate(cells) if _text(cell)}
    headers = list(header.headers)
    for at, unit in units.items():
        own = headers[at] if at < len(headers) else ""
        meaning = wanted.meaning(own)
        if meaning is None or meaning.name not in wanted.figures:
            return header
        if column_name(unit) not in {"kr", "kronor", "sek"}:
            headers[at] = f"{own} {unit}"
        if wanted.meaning(headers[at]) is None:
            return header
    return replace(header, row=number, headers=tuple(headers), in_two_rows=True)


def _told(header: HeaderRow) -> HeaderRow:
    """Add what the receipt tells of the rows that the header stands below."""
    if not header.fits or header.problem is not None:
        return header
    texts = [text for _, cells in header.titles for text in map(_text, cells) if text]
    notes = []
    if texts:
        rest = f" och {counted(len(texts) - 1, 'text', 'texter')} till" if len(texts) > 1 else ""
        above = f"”{texts[0][:NAMED]}”{rest}"
        notes.append(
            Problem(f"Rubrikerna står på rad {header.row}. Det som står ovanför är inte läst: {above}", "")
        )
    if header.in_two_rows:
        notes.append(Problem(f"Rubrikerna på rad {header.row - 1} och {header.row} är lästa tillsammans", ""))
    return replace(header, notes=tuple(notes))
