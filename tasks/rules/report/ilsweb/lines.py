"""The lines that a planning system reads in, and what couldn't be written as one."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tasks.rules.json_keys import HIDDEN
from tasks.rules.name_text import name_key
from tasks.rules.report.activity import FigureOrText
from tasks.rules.report.ilsweb.measures import KINDS, Kind, Measure
from tasks.rules.report.ilsweb.settings import IlswebSettings

HEAD = ("date", "unit", "measure", "column", "value")
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class LeftOut:
    """What isn't in the file. unmapped: by kind, the names that the settings have no code for.

    ambiguous: names of measures that one code would be of at once. unused: by kind, the names in the settings
    that the month doesn't have. hidden: figures of too few people. words: targets that are no numbers.
    """

    unmapped: Mapping[Kind, tuple[str, ...]]
    ambiguous: tuple[str, ...]
    unused: Mapping[Kind, tuple[str, ...]]
    hidden: int
    words: int


@dataclass(frozen=True)
class IlswebFile:
    """The lines below the head, each as its cells, and what was left out."""

    lines: tuple[tuple[str, ...], ...]
    left_out: LeftOut


def ilsweb_file(measures: Sequence[Measure], settings: IlswebSettings, day: date) -> IlswebFile:
    """Write the mapped measures in their order; missing figures give no line. day: the last of the period.

    A code that several measures of one unit would have is written for none of them.
    """
    codes = [_code(measure, settings) for measure in measures]
    places = Counter((measure.unit, code) for measure, code in zip(measures, codes, strict=True) if code)
    mapped, unmapped, ambiguous = [], [], []
    for measure, code in zip(measures, codes, strict=True):
        if not code:
            unmapped.append(measure)
        elif places[(measure.unit, code)] > 1:
            ambiguous.append(measure)
        else:
            mapped.append((measure, code))
    figures = [figure for measure, _ in mapped for _, figure in _asked(measure, settings)]
    return IlswebFile(
        tuple(line for measure, code in mapped for line in _lines(measure, code, settings, day)),
        LeftOut(
            unmapped=_by_kind(unmapped),
            ambiguous=tuple(measure.full_name for measure in ambiguous),
            unused=_unused(measures, settings),
            hidden=figures.count(HIDDEN),
            words=sum(isinstance(figure, str) and figure != HIDDEN for figure in figures),
        ),
    )


def neutral(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text


def _code(measure: Measure, settings: IlswebSettings) -> str:
    """Return the code of a measure: by its goal and name, else by its name alone; empty where it has none."""
    codes = {name_key(name): code for name, code in _names(settings, measure.kind).items()}
    return codes.get(name_key(measure.full_name)) or codes.get(name_key(measure.name), "")


def _names(settings: IlswebSettings, kind: Kind) -> Mapping[str, str]:
    return {
        "indicators": settings.indicators,
        "areas": settings.areas,
        "budget_sides": settings.budget_sides,
        "investments": settings.investments,
    }[kind]


def _asked(measure: Measure, settings: IlswebSettings) -> list[tuple[str, FigureOrText]]:
    """Return each figure with the system's name of its column; one with an empty name isn't asked for."""
    named = ((settings.columns.get(column, column), figure) for column, figure in measure.figures.items())
    return [(name, figure) for name, figure in named if name]


def _lines(measure: Measure, code: str, settings: IlswebSettings, day: date) -> Iterator[tuple[str, ...]]:
    unit = neutral(measure.unit or settings.unit)
    for column, figure in _asked(measure, settings):
        if isinstance(figure, Decimal):
            value = settings.written(figure, is_money=measure.is_money)
            yield day.isoformat(), unit, neutral(code), neutral(column), value


def _by_kind(measures: Sequence[Measure]) -> dict[Kind, tuple[str, ...]]:
    names = {kind: tuple(each.full_name for each in measures if each.kind == kind) for kind in KINDS}
    return {kind: of_kind for kind, of_kind in names.items() if of_kind}


def _unused(measures: Sequence[Measure], settings: IlswebSettings) -> dict[Kind, tuple[str, ...]]:
    there = {(each.kind, name_key(name)) for each in measures for name in (each.name, each.full_name)}
    unused = {
        kind: tuple(name for name in _names(settings, kind) if (kind, name_key(name)) not in there)
        for kind in KINDS
    }
    return {kind: names for kind, names in unused.items() if names}
