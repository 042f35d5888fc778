"""A text beside a table that says that its amounts are in thousands, though its headers say kronor."""

import re
from collections.abc import Iterable, Sequence

from tasks.rules.deliveries.findings import Problem
from tasks.rules.deliveries.tables.wanted import Wanted

_SCALE = re.compile(r"(?<![a-zåäö])(?:[tm]n?kr|[km]sek|1\s*000-tal|tusental|tusen|miljon)", re.IGNORECASE)


def scale_problems(
    texts: Iterable[tuple[int, str]], headers: Sequence[str], wanted: Wanted
) -> tuple[Problem, ...]:
    """Refuse a table whose amounts are in kronor by its headers and in thousands by a text, with its row."""
    if not wanted.has_plain_amounts(headers):
        return ()
    said = next(((row, text) for row, text in texts if _SCALE.search(text)), None)
    if said is None:
        return ()
    row, text = said
    problem = Problem(
        "Texten säger att beloppen är i tusental eller miljoner, men rubrikerna säger kronor",
        "Skriv _tkr eller _mnkr efter beloppens rubriker om det är så, till exempel budget_tkr. "
        "Ta annars bort texten.",
        row,
        value=text,
    )
    return (problem,)
