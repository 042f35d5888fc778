"""Which column of a delivery is which column of the contract."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tasks.rules.declaration import Kind, Source
from tasks.rules.deliveries.findings import Findings, Problem
from tasks.rules.deliveries.missing_columns import missing_columns
from tasks.rules.swedish import joined

_LETTERS = str.maketrans("åäö", "aao")
SCALES = {"": 0, "_tkr": 3, "_mnkr": 6}
"""The suffix of an amount's header, and by how many powers of ten its figures become kronor."""


@dataclass(frozen=True)
class Match:
    """A column of the file: its normalised name, its header as written, and its power of ten to kronor."""

    column: str
    header: str
    power: int


@dataclass(frozen=True)
class ColumnMatches:
    """The contract's columns that the file has, and what is wrong or left over among its headers."""

    by_name: Mapping[str, Match]
    problems: Findings
    warnings: Findings


@dataclass(frozen=True)
class Meaning:
    """What a header means: a contract's column and a power of ten, by the contract's own name or an alias."""

    name: str
    power: int
    is_alias: bool


def column_name(header: str) -> str:
    """Normalise a header: `Budget (tkr)` is `budget_tkr`, `Kön` is `kon`; empty where nothing is left."""
    plain = unicodedata.normalize("NFC", header).lower().translate(_LETTERS)
    letters = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[\s_-]+", "_", re.sub(r"[^a-z0-9\s_-]", "", letters)).strip("_")


def match_columns(
    source: Source, headers: Sequence[str], columns: Sequence[str], row: int = 1
) -> ColumnMatches:
    """Match a file's columns to a source's. `headers` are as written on a row, `columns` the same normalised.

    The contract's own name wins over an alias, which then is left over; two of the same rank are a problem.
    """
    meanings = meanings_of(source)
    known = [(header, column, meanings.get(column)) for header, column in zip(headers, columns, strict=True)]
    own = {meaning.name for _, _, meaning in known if meaning and not meaning.is_alias}
    by_name: dict[str, Match] = {}
    doubled, unknown = [], []
    for header, column, meaning in known:
        if meaning is None or (meaning.is_alias and meaning.name in own):
            unknown.append((header, column))
        elif meaning.name in by_name:
            doubled.append(_doubled(meaning.name, by_name[meaning.name].header, header))
        else:
            by_name[meaning.name] = Match(column, header, meaning.power)
    missing = missing_columns(source, by_name, unknown)
    wrong = [replace(one, row=row) for one in (*(one.problem for one in missing), *doubled)]
    told = {header for one in missing for header in one.headers}
    ignored = [replace(one, row=row) for one in _ignored([each for each in unknown if each[0] not in told])]
    return ColumnMatches(by_name, Findings.of(wrong), Findings.of(ignored))


def meanings_of(source: Source) -> dict[str, Meaning]:
    """Return what every header that a source knows means."""
    return {
        name + suffix: Meaning(column.name, power, is_alias=name != column.name)
        for column in source.columns
        for name in column.names
        for suffix, power in (SCALES if column.kind is Kind.AMOUNT else {"": 0}).items()
    }


def _doubled(name: str, first: str, second: str) -> Problem:
    rule = f"Två kolumner betyder {name}: ”{first}” och ”{second}”"
    return Problem(rule, "Ta bort den ena eller byt dess rubrik.", 1, second)


def _ignored(unknown: Sequence[tuple[str, str]]) -> list[Problem]:
    headers = [header for header, _ in unknown]
    remedy = "Inget behöver göras om den inte skulle ha varit med."
    if len(headers) < 2:
        return [Problem("Kolumnen är okänd och har inte lästs in", remedy, 1, header) for header in headers]
    rule = f"{len(headers)} kolumner är okända och har inte lästs in"
    return [Problem(rule, "Inget behöver göras om de inte skulle ha varit med.", 1, None, joined(headers))]
