"""The measures of an action plan: what they promise, and what makes a plan one that can be handed in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tasks.rules.periods import Period, months_of
from tasks.rules.swedish import kronor, number

MOST_MEASURES = 20
LONGEST_WHAT = 500
LONGEST_WHO = 200
LONGEST_RISK = 1_000
LONGEST_COMMENT = 2_000
MONTHS_AHEAD = 12
"""A measure begins within so many months after the month whose deviation it answers."""

_PERSONAL_NUMBER = re.compile(
    r"(?<!\d)(?:18|19|20)?([0-9]{2}(?:0[1-9]|1[0-2])(?:[06][1-9]|[1278][0-9]|[39][01]))"
    r"[-+ \u00a0\u2010-\u2013\u2212]{0,3}([0-9]{4})(?!\d)"
)
"""A day of birth (60 more in a samordningsnummer) and four digits, with the dashes of word processors."""

_CANNOT_BE_KEPT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Control characters but tab and line break, and halves of characters: the database refuses some of them."""


@dataclass(frozen=True)
class Measure:
    """One measure: what is done, by whom (a role), from which month, its effect in kr a month (+ is less
    net cost), and what may come between. from_month and monthly_effect are None in a draft.
    """

    what: str
    who: str
    from_month: Period | None = None
    monthly_effect: Decimal | None = None
    risk: str = ""

    def promised(self, months: Sequence[Period]) -> Decimal:
        """Return what it promises in some months (kr)."""
        if self.from_month is None or self.monthly_effect is None:
            return Decimal(0)
        return self.monthly_effect * sum(month >= self.from_month for month in months)


@dataclass(frozen=True)
class PlanProblem:
    """Why a plan can't be handed in: the measure's number (from 1; 0: the whole plan), field, and remedy."""

    number: int
    field: str
    text: str


def promised(measures: Sequence[Measure], months: Sequence[Period]) -> Decimal:
    """Return what measures promise together in some months (kr)."""
    return sum((each.promised(months) for each in measures), Decimal(0))


def months_after(period: Period) -> tuple[Period, ...]:
    """Return the months of the period's year that are left when it is closed."""
    return months_of(period.year)[period.month :]


def renewed(measures: Sequence[Measure], period: Period) -> tuple[Measure, ...]:
    """Return measures as a plan of a later month takes them up: what has begun goes on from the first month
    that is left.
    """
    first = period.plus(1)
    return tuple(
        replace(each, from_month=max(each.from_month, first)) if each.from_month else each
        for each in measures
    )


def plan_problems(
    measures: Sequence[Measure], period: Period, budget: Decimal | None
) -> tuple[PlanProblem, ...]:
    """Return what must be mended before a plan of a month can be handed in; none for a good one.

    budget: the unit's for the year (kr), None where unknown.
    """
    if not measures:
        return (PlanProblem(0, "", "Beskriv minst en åtgärd."),)
    if len(measures) > MOST_MEASURES:
        return (PlanProblem(0, "", f"Skriv högst {MOST_MEASURES} åtgärder: slå ihop de små."),)
    return tuple(
        PlanProblem(at, field, text)
        for at, measure in enumerate(measures, start=1)
        for field, text in _problems(measure, period, budget)
        if text
    )


def text_problems(measures: Sequence[Measure]) -> tuple[PlanProblem, ...]:
    """Return what must be mended before even a draft can be kept: what `text_problem` says of its texts."""
    return tuple(
        PlanProblem(at, field, text)
        for at, measure in enumerate(measures[: MOST_MEASURES + 1], start=1)
        for field, value, longest in _texts(measure)
        if (text := text_problem(value, longest))
    )


def text_problem(text: str, longest: int) -> str:
    """Say why a free text can't be kept: length, characters, a personal identity number; empty: it can."""
    if len(text) > longest:
        return f"Texten är {number(len(text))} tecken: korta den till högst {number(longest)}."
    if _CANNOT_BE_KEPT.search(text):
        return "Texten har tecken som inte går att spara: skriv den på nytt utan att klistra in."
    if has_personal_number(text):
        return "Ta bort personnumret: planen är en allmän handling och ska inte innehålla personuppgifter."
    return ""


def has_personal_number(text: str) -> bool:
    """Tell whether a text holds a Swedish personal identity number (personnummer, samordningsnummer).

    One has a day of birth and a check digit, by which the Luhn sum of its ten digits ends in 0
    (folkbokföringslagen 18 §, Skatteverket SKV 704 and 707), so that amounts, telephone numbers and
    organisation numbers seldom look like one.
    """
    return any(_luhn_sum(match[1] + match[2]) % 10 == 0 for match in _PERSONAL_NUMBER.finditer(text))


def _luhn_sum(ten_digits: str) -> int:
    doubled = (int(digit) * (2 - at % 2) for at, digit in enumerate(ten_digits))
    return sum(each // 10 + each % 10 for each in doubled)


def _texts(measure: Measure) -> tuple[tuple[str, str, int], ...]:
    return (
        ("what", measure.what, LONGEST_WHAT),
        ("who", measure.who, LONGEST_WHO),
        ("risk", measure.risk, LONGEST_RISK),
    )


def _problems(measure: Measure, period: Period, budget: Decimal | None) -> tuple[tuple[str, str], ...]:
    return (
        ("what", "" if measure.what.strip() else "Skriv vad som ska göras."),
        ("who", "" if measure.who.strip() else "Skriv vem som ansvarar, med roll i stället för namn."),
        ("from_month", _month_problem(measure.from_month, period)),
        ("monthly_effect", _effect_problem(measure, budget)),
        *((field, text_problem(value, longest)) for field, value, longest in _texts(measure)),
    )


def _month_problem(month: Period | None, period: Period) -> str:
    if month is None:
        return "Välj den månad som effekten börjar."
    if month <= period:
        return f"Effekten kan tidigast börja i {period.plus(1).swedish}: {period.swedish} är redan stängd."
    if month > period.plus(MONTHS_AHEAD):
        return f"Effekten ska börja senast i {period.plus(MONTHS_AHEAD).swedish}."
    return ""


def _effect_problem(measure: Measure, budget: Decimal | None) -> str:
    effect = measure.monthly_effect
    if effect is None:
        return "Ange effekten i kronor per månad, till exempel 25 000."
    if not effect.is_finite() or effect <= 0:
        return "Effekten ska vara större än 0 kronor: den är hur mycket nettokostnaden minskar."
    if not budget:
        return ""  # unknown, or a unit whose incomes are to cover its costs: nothing to hold it against
    whole_year = effect * 12
    if whole_year > abs(budget):
        return (
            f"Effekten är {kronor(whole_year)} på ett år, mer än enhetens hela budget {kronor(abs(budget))}: "
            "kontrollera att beloppet är i kronor per månad."
        )
    return ""
