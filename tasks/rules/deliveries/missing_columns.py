"""Columns that a delivery lacks, and advice that never makes other figures of what it has."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from tasks.rules.declaration import Kind, Source
from tasks.rules.deliveries.findings import Problem
from tasks.rules.swedish import joined

_OF_MORE_MONTHS = re.compile(
    r"(?:^|_)(?:ack(?:um[a-z]*)?|ytd|hittills|hela_aret|helar[a-z]*|ars?(?:budget|utfall|belopp|total)[a-z]*)(?:_|$)"
    r"|(?:^|_)(?:19|20)[0-9]{2}(?:_|$)|^ack"
)
"""Normalised headers of sums: accumulated, of a whole year, or with a year in them."""
ALIKE = 0.8
"""A header that is so like a column's name (0 to 1, and one sign more or less) is that name misspelt."""
PERCENT = "%"
IN_PERCENT = "Frånvaron står i procent, men timmar behövs"
HOURS_REMEDY = (
    "Lämna ordinarie timmar och frånvarotimmar. Procent av grupper som är olika stora kan inte läggas ihop "
    "till områden och år; programmet räknar själv ut dem ur timmarna."
)


@dataclass(frozen=True)
class MissingColumn:
    """A column that a file lacks, and the headers that the problem already tells of."""

    problem: Problem
    headers: tuple[str, ...] = ()


def missing_columns(
    source: Source, present: Mapping[str, object], unknown: Sequence[tuple[str, str]]
) -> list[MissingColumn]:
    """Find the columns that must exist and don't; `unknown` are the others, as written and normalised."""
    needed: list[tuple[str, ...]] = [(column.name,) for column in source.columns if column.must_exist]
    needed += [group.columns for group in source.one_of]
    missing = [names for names in needed if not any(name in present for name in names)]
    in_percent = [header for header, _ in unknown if PERCENT in header]
    hours = [names for names in missing if in_percent and source.column(names[0]).kind is Kind.HOURS]
    problems = [_absent(source, names, unknown) for names in missing if names not in hours]
    if hours:
        names = joined([name for (name, *_) in hours])
        problem = Problem(IN_PERCENT, HOURS_REMEDY, 1, names, joined(in_percent))
        problems.append(MissingColumn(problem, tuple(in_percent)))
    return problems


def _absent(source: Source, names: tuple[str, ...], unknown: Sequence[tuple[str, str]]) -> MissingColumn:
    called = " eller ".join(names)
    spelt = list(_spellings(source, names))
    summed = next((header for header, column in unknown if _is_sum_of(column, spelt)), None)
    if summed is not None:
        rule = f"Kolumnen {called} saknas, och ”{summed}” ser ut att vara ackumulerad eller hela årets"
        remedy = f"Lämna månadens egna belopp i en kolumn med rubriken {called}."
        return MissingColumn(Problem(rule, remedy, 1, called, summed), (summed,))
    near = next((header for header, column in unknown if _is_misspelt(column, spelt)), None)
    if near is not None:
        remedy = f"Byt rubriken ”{near}” till {called}, om det är den som menas."
        return MissingColumn(Problem(f"Kolumnen {called} saknas", remedy, 1, called, near), (near,))
    remedy = f"Lägg till en kolumn med rubriken {called}."
    return MissingColumn(Problem(f"Kolumnen {called} saknas", remedy, 1, called))


def _spellings(source: Source, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        yield from source.column(name).names


def _is_sum_of(column: str, spelt: Sequence[str]) -> bool:
    """Tell whether a header is of a sum of a column's months, where the column itself isn't one."""
    if any(_OF_MORE_MONTHS.search(name) for name in spelt):
        return False
    return _OF_MORE_MONTHS.search(column) is not None and any(name in column for name in spelt)


def _is_misspelt(column: str, spelt: Sequence[str]) -> bool:
    plain = column.replace("_", "")
    return any(_is_like(plain, name.replace("_", "")) for name in spelt)


def _is_like(text: str, name: str) -> bool:
    longer = abs(len(text) - len(name))
    return longer <= 1 and SequenceMatcher(None, text, name).ratio() >= ALIKE
