"""A table of the page laid out for a spreadsheet: one thing a column, what is said beside it in its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notifications.reports.month import Cell, ReportRow, ReportTable

SOFT_HYPHEN = "\u00ad"
_MAY_BREAK = str.maketrans("", "", f"{SOFT_HYPHEN}\u200b")
"""Where a word may be broken: Excel would show it, or find no column of that name."""
LONGEST_TEXT = 32_000
"""Excel takes 32,767 characters a cell."""


@dataclass(frozen=True, slots=True)
class SheetTable:
    """`heads` are unique; `rows` are the table's own, `sums` the totals that stand below it.

    name_at: the column of the rows' names, which a column with each row's word may come before.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sums: tuple[tuple[Cell, ...], ...]
    kinds: tuple[str, ...]
    name_at: int


def sheet_table(table: ReportTable) -> SheetTable:
    """Lay a table out: warnings' words and remarks get columns of their own where there are any."""
    body = list(table.rows)
    sums: list[ReportRow] = []
    while body and body[-1].kind in {"total", "beside"}:
        sums.insert(0, body.pop())
    if not body:
        body, sums = sums, []
    heads = tuple(head.translate(_MAY_BREAK) for head in table.heads)
    with_word = any(row.name.word for row in table.rows)
    with_remarks = any("".join(_remarks(row, heads)) for row in table.rows)
    columns = (*(("Signal",) if with_word else ()), *heads, *(("Anmärkning",) if with_remarks else ()))

    def laid_out(row: ReportRow) -> tuple[Cell, ...]:
        word = (Cell(text=row.name.word),) if with_word else ()
        remarks = (Cell(text=" ".join(_remarks(row, heads))[:LONGEST_TEXT]),) if with_remarks else ()
        return (*word, Cell(text=row.name.text), *map(_plain, row.cells), *remarks)

    return SheetTable(
        heads=tuple(_unique(columns)),
        rows=tuple(map(laid_out, body)),
        sums=tuple(map(laid_out, sums)),
        kinds=tuple(row.kind for row in body),
        name_at=1 if with_word else 0,
    )


def _plain(cell: Cell) -> Cell:
    return Cell(text=cell.word, kind=cell.kind, value=cell.value) if cell.word and not cell.text else cell


def _remarks(row: ReportRow, heads: Sequence[str]) -> Iterator[str]:
    """Say what stands small in a row's cells, with the head of each, then what stands below it."""
    if row.name.note:
        yield f"{row.name.note}."
    for head, cell in zip(heads[1:], row.cells, strict=False):
        beside = [cell.note, cell.further]
        said = ", ".join(filter(None, beside))
        if said:
            yield f"{head}: {said}."
    yield from filter(None, (row.detail, *row.remarks))


def _unique(heads: Sequence[str]) -> Iterator[str]:
    """Give numbers to heads that others have before: Excel knows a column by its head, whatever the case."""
    seen: dict[str, int] = {}
    for head in heads:
        name = head or "Kolumn"
        seen[name.casefold()] = seen.get(name.casefold(), 0) + 1
        times = seen[name.casefold()]
        yield name if times == 1 else f"{name} {times}"
