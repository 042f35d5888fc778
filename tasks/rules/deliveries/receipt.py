"""The receipt of a delivery: what was taken in, or why it was refused, in Swedish."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from tasks.rules.declaration import Kind, Source
from tasks.rules.deliveries.check import CheckedDelivery
from tasks.rules.deliveries.findings import Findings, Problem
from tasks.rules.deliveries.plausible import Doubt, DoubtfulUnit
from tasks.rules.deliveries.storage import ControlTotal
from tasks.rules.json_keys import of_json, to_json
from tasks.rules.json_values import Json
from tasks.rules.periods import Period, months_words

LONGEST = 80
"""So many characters of a value from a file are shown."""
LONGEST_SENTENCE = 400


@dataclass(frozen=True)
class ReceiptSum:
    """A sum to tick off, in `unit` (kr, h or none), and its change since the revision before."""

    period: Period
    measure: str
    title: str
    item: str | None
    unit: str
    total: Decimal | None
    change: Decimal | None

    @property
    def subject(self) -> tuple[Period, str, str | None]:
        """Return what is summed."""
        return self.period, self.measure, self.item

    def as_data(self) -> Json:
        """Return it as it is stored: exact, its figures as decimal text."""
        return {**to_json(self), "total": _exact(self.total), "change": _exact(self.change)}


@dataclass(frozen=True)
class Decision:
    """What a person said of a held delivery: released, its figures are right; refused, they are wrong."""

    decision: Literal["released", "refused"]
    decided_by: str
    reason: str


@dataclass(frozen=True)
class Receipt:
    """What the one who hands in a file is told of it, with what the file says made fit to be shown.

    problems, warnings: the first ones of so many. notes: how the file was read where it wasn't written as it
    should. units: how many different ones are named; of `valid_units` these are absent. doubts: why the
    delivery was held; decision: what a person said then, None before. doubtful: single units whose figures
    are a thousand times off, of whom nobody is mailed. months: those of a year's file, of which `period` is
    the last; none of a month's. named: the source that the file was handed in as, of one that was taken as
    another.
    """

    file: str
    source: str
    source_title: str
    period: Period
    state: Literal["accepted", "refused", "held"]
    rows: int
    problems: tuple[Problem, ...]
    problem_count: int
    warnings: tuple[Problem, ...] = ()
    warning_count: int = 0
    notes: tuple[Problem, ...] = ()
    units: int = 0
    valid_units: int = 0
    absent_units: tuple[str, ...] = ()
    totals: tuple[ReceiptSum, ...] = ()
    is_revision: bool = False
    doubts: tuple[Doubt, ...] = ()
    decision: Decision | None = None
    doubtful: tuple[DoubtfulUnit, ...] = ()
    months: tuple[Period, ...] = ()
    named: str | None = None

    @property
    def when(self) -> str:
        """Return the month, or the months, that it is a receipt of: `september 2026`, `2025`."""
        return months_words(self.months) if self.months else self.period.swedish

    def as_data(self) -> Json:
        """Return the receipt as it is stored with its delivery."""
        return {**to_json(replace(self, totals=())), "totals": [total.as_data() for total in self.totals]}

    @classmethod
    def of_data(cls, data: Json) -> "Receipt":
        """Read a stored receipt."""
        return of_json(cls, data)


def write_receipt(
    checked: CheckedDelivery,
    file_name: str,
    *,
    previous: Sequence[ReceiptSum] | None = None,
    doubts: Sequence[Doubt] = (),
    doubtful: Sequence[DoubtfulUnit] = (),
) -> Receipt:
    """Write a checked delivery's receipt. `previous` is `totals` of the receipt of the revision before.

    doubts: why an accepted delivery is held; none where it isn't. doubtful: single units that are warned of.
    """
    return Receipt(
        file=visible(file_name),
        source=checked.source.name,
        source_title=checked.source.title,
        period=checked.months[-1],
        state="refused" if not checked.is_accepted else "held" if doubts else "accepted",
        rows=checked.rows,
        problems=tuple(map(_shown, checked.problems)),
        problem_count=checked.problem_count,
        warnings=tuple(map(_shown, checked.warnings)),
        warning_count=checked.warning_count,
        notes=tuple(map(_shown, checked.notes)),
        units=checked.units,
        valid_units=checked.valid_units,
        absent_units=checked.absent_units,
        totals=tuple(_sums(checked, previous or ())),
        is_revision=previous is not None,
        doubts=tuple(doubts),
        doubtful=tuple(doubtful),
        months=checked.months if len(checked.months) > 1 else (),
    )


def month_receipt(receipt: Receipt, month: Period) -> Receipt:
    """Return what a year's receipt says of one of its months: the same, but for its rows' sums."""
    totals = tuple(total for total in receipt.totals if total.period == month)
    return replace(receipt, period=month, totals=totals)


def decided(receipt: Receipt, decision: Decision) -> Receipt:
    """Return a held delivery's receipt as it is when a person has decided."""
    if decision.decision == "released":
        return replace(receipt, state="accepted", decision=decision)
    problems = tuple(Problem(doubt.rule, doubt.remedy) for doubt in receipt.doubts)
    return replace(
        receipt, state="refused", decision=decision, problems=problems, problem_count=len(problems)
    )


def write_refusal(source: Source, period: Period, file_name: str, problems: Sequence[Problem]) -> Receipt:
    """Write the receipt of a file that couldn't even be read as a table, or that competes with another."""
    found = Findings.of(problems)
    return Receipt(
        file=visible(file_name),
        source=source.name,
        source_title=source.title,
        period=period,
        state="refused",
        rows=0,
        problems=tuple(map(_shown, found.problems)),
        problem_count=found.count,
    )


def visible(text: str, longest: int = LONGEST) -> str:
    """Return text that came from a file as it can be shown: shortened, its control characters made visible.

    Signs that steer the terminal or turn the reading direction become their code in angle brackets.
    """
    plain = "".join(_visible_sign(sign) for sign in text[: longest + 1])
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def _visible_sign(sign: str) -> str:
    named = {"\n": "⏎", "\r": "⏎", "\t": "→"}
    unseen = unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    return named.get(sign, f"<{ord(sign):04X}>" if unseen else sign)


def _shown(problem: Problem) -> Problem:
    return replace(
        problem,
        rule=visible(problem.rule, LONGEST_SENTENCE),
        remedy=visible(problem.remedy, LONGEST_SENTENCE),
        column=None if problem.column is None else visible(problem.column),
        value=None if problem.value is None else visible(problem.value),
        examples=tuple(
            replace(
                example,
                value=None if example.value is None else visible(example.value),
                remedy=visible(example.remedy, LONGEST_SENTENCE),
            )
            for example in problem.examples
        ),
    )


def _sums(checked: CheckedDelivery, previous: Iterable[ReceiptSum]) -> Iterator[ReceiptSum]:
    """Yield every sum with its change, then those of the revision before that this one lacks."""
    before = {total.subject: total for total in previous}
    for total in checked.totals:
        now = _sum(checked.source, total)
        known = before.pop(now.subject, None)
        if now.total is None or known is None or known.total is None:
            yield now
        else:
            yield replace(now, change=now.total - known.total)
    yield from (replace(gone, total=None, change=None) for gone in before.values())


def _sum(source: Source, total: ControlTotal) -> ReceiptSum:
    column = source.column(total.measure)
    return ReceiptSum(
        period=Period.parse(total.period),
        measure=total.measure,
        title=column.title,
        item=None if total.item is None else visible(total.item),
        unit={Kind.AMOUNT: "kr", Kind.HOURS: "h"}.get(column.kind, ""),
        total=total.total,
        change=None,
    )


def _exact(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
