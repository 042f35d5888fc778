"""A plan's form: what was typed in its rows becomes measures, and measures become rows again."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from tasks.rules.number_text import Missing, NumberTextError, parse_amount
from tasks.rules.periods import Period
from tasks.rules.plans.measures import Measure, PlanProblem, renewed
from tasks.rules.swedish import number, round_half_up

NAMES = {
    "what": "vad",
    "who": "vem",
    "from_month": "fran",
    "monthly_effect": "effekt",
    "risk": "risk",
}
"""What a measure's fields are called in the form; a row's number follows: `vad-1`."""

_FIELD = re.compile(rf"(?:{'|'.join(NAMES.values())})-([1-9][0-9]?)")
_KRONOR = re.compile(r" ?(?:kr\.?|kronor|:-)\Z", re.IGNORECASE)
_LONGEST_AMOUNT = 60
_EXAMPLE = "skriv kronor per månad med siffror, till exempel 25\u00a0000 eller 25\u00a0000,50."


@dataclass(frozen=True)
class TypedRow:
    """A row as it was typed."""

    what: str = ""
    who: str = ""
    from_month: str = ""
    monthly_effect: str = ""
    risk: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was typed in it."""
        return not any(getattr(self, field.name) for field in fields(self))


@dataclass(frozen=True)
class ReadRows:
    """Rows that were read: a draft's measures, and what couldn't be read (and is missing in them)."""

    measures: tuple[Measure, ...]
    problems: tuple[PlanProblem, ...]


def row_numbers(posted: Mapping[str, str]) -> list[int]:
    """Return the numbers of a form's rows, empty ones too."""
    return sorted({int(match[1]) for name in posted if (match := _FIELD.fullmatch(name))})


def typed_rows(posted: Mapping[str, str], *, without: int = 0) -> tuple[TypedRow, ...]:
    """Return the rows of a form in which something was typed, in their order: row 1 is measure 1.

    without: the number of a row to leave out, as the form counted.
    """
    rows = (
        TypedRow(**{field: posted.get(f"{name}-{number}", "") for field, name in NAMES.items()})
        for number in row_numbers(posted)
        if number != without
    )
    return tuple(row for row in rows if not row.is_empty)


def read_rows(rows: Sequence[TypedRow]) -> ReadRows:
    """Read rows as measures."""
    problems: list[PlanProblem] = []
    measures = tuple(_measure(number, row, problems) for number, row in enumerate(rows, start=1))
    return ReadRows(measures, tuple(problems))


def rows_of(measures: Sequence[Measure]) -> tuple[TypedRow, ...]:
    """Return measures as one would type them."""
    return tuple(
        TypedRow(
            each.what,
            each.who,
            "" if each.from_month is None else str(each.from_month),
            "" if each.monthly_effect is None else _typed(each.monthly_effect),
            each.risk,
        )
        for each in measures
    )


def previous_rows(
    rows: Sequence[TypedRow], previous: Sequence[Measure], period: Period
) -> tuple[TypedRow, ...]:
    """Return the rows that the last plan's measures add; what has begun goes on from the first month left.

    A measure that was typed already isn't added again.
    """
    typed = read_rows(rows).measures
    return rows_of([each for each in renewed(previous, period) if each not in typed])


def _measure(number: int, row: TypedRow, problems: list[PlanProblem]) -> Measure:
    month = effect = None
    try:
        month = Period.parse(row.from_month) if row.from_month else None
    except ValueError:
        problems.append(PlanProblem(number, "from_month", "Välj en månad ur listan."))
    try:
        effect = _effect(row.monthly_effect)
    except NumberTextError as error:
        problems.append(PlanProblem(number, "monthly_effect", f"{error.rule}: {error.remedy}"))
    return Measure(row.what, row.who, month, effect, row.risk)


def _effect(text: str) -> Decimal | None:
    if len(text) > _LONGEST_AMOUNT:
        raise NumberTextError(text, "Det är inget tal", _EXAMPLE)
    try:
        effect = parse_amount(_KRONOR.sub("", text))
    except NumberTextError as error:
        raise NumberTextError(text, error.rule, _EXAMPLE) from error
    if isinstance(effect, Missing):
        if text:
            raise NumberTextError(text, "Det är inget tal", _EXAMPLE)
        return None
    if effect != round_half_up(effect, 2):
        raise NumberTextError(text, "Beloppet har fler än två decimaler", _EXAMPLE)
    return effect


def _typed(effect: Decimal) -> str:
    return number(effect, 0 if effect == effect.to_integral_value() else 2)
