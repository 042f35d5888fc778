"""Files about single persons: they are refused, never repeated in a receipt, and their bytes are not kept."""

import re
from collections.abc import Iterable, Iterator, Mapping

import polars as pl

from tasks.rules.declaration import Source
from tasks.rules.deliveries.columns import ColumnMatches
from tasks.rules.deliveries.findings import Findings, Problem
from tasks.rules.deliveries.sheet import WrittenTable

REMEDY = (
    "Ta bort uppgifterna om enskilda personer ur filen och lämna den igen: de behövs inte. "
    "Filens innehåll har inte sparats."
)
IN_CELLS = "Kolumnen innehåller personnummer"
HEADED = "Kolumnens rubrik säger att den innehåller uppgifter om enskilda personer"

_PEOPLE = frozenset(
    {
        *("personnummer", "personnr", "person_nr", "pnr", "persnr", "samordningsnummer"),
        *("fornamn", "efternamn", "for_och_efternamn", "personnamn"),
        *("klient", "klientnamn", "klientens_namn", "brukare", "brukarnamn", "brukarens_namn"),
        *("anstalld", "anstalldnamn", "anstallds_namn", "anstalldes_namn", "namn_anstalld"),
    }
)
IN_WORDS = Problem("Filen innehåller personnummer", REMEDY)
"""Said where the place itself would repeat them."""

# A birthday, for a coordination number with 60 more in its day, and the last four digits.
_BORN = "[0-9]{2}(?:0[1-9]|1[0-2])(?:[06][1-9]|[1278][0-9]|[39][01])"
_SIGNED = rf"(?:^|[^0-9])(?:19|20)?{_BORN}[-+\u2010-\u2013\u2212][0-9]{{4}}(?:$|[^0-9])"
_ANYHOW = rf"(?:^|[^0-9])(?:19|20){_BORN}[0-9]{{4}}(?:$|[^0-9])|{_SIGNED}"
_IN_TEXT = re.compile(_ANYHOW)
SHORTEST = len("800101-1230")


def personal_data(raw: WrittenTable, source: Source, matches: ColumnMatches) -> Findings:
    """Find columns headed as names of people, and personal numbers whatever their check digit.

    In a column of figures a personal number has a sign between; twelve digits alone may be an amount. What is
    found is told by its column and first row only.
    """
    texts = (
        *raw.headers,
        *raw.beside,
        *(text for note in raw.notes for text in (note.rule, note.value or "")),
    )
    if holds_personal_number(texts):
        return Findings.of([IN_WORDS])
    own = {match.column for match in matches.by_name.values()}
    headers = dict(zip(raw.columns, raw.headers, strict=True))
    figures = {match.column for name, match in matches.by_name.items() if source.column(name).kind.is_numeric}
    return Findings.of(
        [
            *(
                Problem(HEADED, REMEDY, 1, header)
                for column, header in headers.items()
                if _is_of_people(column, source, own)
            ),
            *_in_cells(raw.frame, headers, figures),
        ]
    )


def holds_personal_number(texts: Iterable[str]) -> bool:
    """Tell whether a personal number stands in any of some texts."""
    return any(_IN_TEXT.search(text) for text in texts)


def _is_of_people(column: str, source: Source, own: set[str]) -> bool:
    if column in own:
        return False
    return column in _PEOPLE or column in source.personal


def _in_cells(frame: pl.DataFrame, headers: Mapping[str, str], figures: set[str]) -> Iterator[Problem]:
    longest = frame.select(pl.col(list(headers)).str.len_bytes().max()).row(0, named=True)
    for column, header in headers.items():
        if (longest[column] or 0) < SHORTEST:
            continue
        pattern = _SIGNED if column in figures else _ANYHOW
        cells = frame.select("row_no", column).filter(pl.col(column).str.len_bytes() >= SHORTEST)
        found = cells.filter(pl.col(column).str.contains(pattern))["row_no"]
        if found.len():
            rows = sorted(found.to_list())
            yield Problem(IN_CELLS, REMEDY, rows[0], header, count=len(rows))
