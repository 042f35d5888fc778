"""The receipt of a delivery: what was taken in, or why it was refused, in Swedish."""

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from tasks.rules.declaration import Kind, Source
from tasks.rules.deliveries.check import CheckedDelivery
from tasks.rules.deliveries.findings import Findings, Problem
from tasks.rules.deliveries.plausible import Doubt, DoubtfulUnit
from tasks.rules.deliveries.problem_words import faults_words, place_words, remedies
from tasks.rules.deliveries.storage import ControlTotal
from tasks.rules.json_keys import of_json, to_json
from tasks.rules.json_values import Json
from tasks.rules.periods import Period
from tasks.rules.swedish import MISSING, NBSP, and_more, counted, number

WIDTH = 80
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
    are a thousand times off, of whom nobody is mailed.
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
        period=checked.period,
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
    )


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


def receipt_text(receipt: Receipt) -> str:
    """Return a receipt as plain text of at most 80 columns, for a terminal or a mail."""
    title = f"{receipt.source_title}, {receipt.period.swedish}"
    lines = _LINES[receipt.state](receipt)
    return "\n".join([*_wrapped(f"Kvitto på {receipt.file}"), *_wrapped(title), "", *lines]) + "\n"


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


def _refused(receipt: Receipt) -> Iterator[str]:
    if receipt.decision is not None:
        yield from _wrapped(f"{receipt.decision.decided_by} har sagt att den hållna filens siffror är fel.")
        yield from _reason(receipt.decision)
        yield ""
    count = receipt.problem_count
    kinds = faults_words(receipt.problems, count, "fel", "fel")
    yield from _wrapped(f"NEKAD. Filen är inte inläst och har inte ändrat något. {kinds}:")
    yield from _listed(receipt.problems, count, "fel")
    yield from _warnings(receipt)
    yield from _notes(receipt)
    yield ""
    yield "Rätta filen och lämna in den igen."


def _held(receipt: Receipt) -> Iterator[str]:
    yield from _wrapped(
        "HÅLLEN. Filen går att läsa, men siffrorna ser inte rätt ut. De används inte förrän någon har "
        "sagt att de är rätt."
    )
    yield from _doubts(receipt)
    yield ""
    yield from _wrapped(
        "Är de fel: lämna en rättad fil, den går före. Är de rätt: be controllern släppa in filen."
    )
    yield from _sums_to_tick_off(receipt)


def _doubts(receipt: Receipt) -> Iterator[str]:
    for doubt in receipt.doubts:
        yield ""
        yield from _wrapped(f"{doubt.rule}. {doubt.remedy}", "  ")


def _reason(decision: Decision) -> Iterator[str]:
    if decision.reason:
        yield from _wrapped(f"Skäl: {decision.reason}", "  ")


def _accepted(receipt: Receipt) -> Iterator[str]:
    yield from _wrapped(f"MOTTAGEN. {counted(receipt.rows, 'rad', 'rader')}{_units(receipt)}.")
    if receipt.decision is not None:
        by = receipt.decision.decided_by
        yield from _wrapped(f"Filen var hållen, och {by} har sagt att siffrorna är rätt.")
        yield from _reason(receipt.decision)
        yield from _doubts(receipt)
    yield from _doubtful(receipt)
    yield from _sums_to_tick_off(receipt)
    yield from _warnings(receipt)
    yield from _notes(receipt)


_LINES = {"accepted": _accepted, "refused": _refused, "held": _held}


def _sums_to_tick_off(receipt: Receipt) -> Iterator[str]:
    if receipt.totals:
        yield from ("", "Summor att stämma av:", "")
        yield from (_total_line(total, is_revision=receipt.is_revision) for total in receipt.totals)


def _units(receipt: Receipt) -> str:
    """Tell how many units there are, and which of the valid ones are absent."""
    valid, absent = receipt.valid_units, receipt.absent_units
    if not valid:
        named = counted(receipt.units, "enhet eller område", "enheter eller områden")
        return f", {named}" if receipt.units else ""
    missing = f"; saknas: {', '.join(absent)}" if absent else ""
    return f", {number(valid - len(absent))} av {counted(valid, 'enhet', 'enheter')}{missing}"


def _doubtful(receipt: Receipt) -> Iterator[str]:
    if receipt.doubtful:
        yield ""
        yield from _wrapped("Siffror som inte kan vara rätt. Ingen mejlas om de här enheterna:")
        for unit in receipt.doubtful:
            yield ""
            yield from _wrapped(f"{unit.sentence}.", "  ")


def _warnings(receipt: Receipt) -> Iterator[str]:
    count = receipt.warning_count
    if count:
        yield from ("", f"Att kontrollera, {faults_words(receipt.warnings, count, 'sak', 'saker')}:")
        yield from _listed(receipt.warnings, count, "saker")


def _notes(receipt: Receipt) -> Iterator[str]:
    if receipt.notes:
        yield from ("", "Så här lästes filen:")
        yield from _listed(receipt.notes, 0, "saker")


def _listed(problems: Sequence[Problem], count: int, noun: str) -> Iterator[str]:
    for problem in problems:
        yield ""
        yield from _wrapped(place_words(problem))
        first, *others = remedies(problem)
        if others:
            yield from _wrapped(f"{problem.rule}.", "  ")
            yield from (line for each in (first, *others) for line in _wrapped(each, "  "))
        else:
            yield from _wrapped(f"{problem.rule}. {first}".rstrip(), "  ")
    shown = sum(problem.count for problem in problems)
    if count > shown:
        yield from ("", f"{and_more(count, shown, noun)}, som inte visas.")


def _total_line(total: ReceiptSum, *, is_revision: bool) -> str:
    """Write a sum in 80 columns, of which a revision's last 20 tell the change since the one before."""
    width = 29 if is_revision else 50
    label = total.title if total.item is None else f"{total.title}, {total.item}"
    label = label if len(label) <= width else label[: width - 1] + "…"
    line = f"{total.period}  {label:<{width}} {_figure(total.total, total.unit):>20}"
    return f"{line} {_changed(total):>20}" if is_revision else line


def _changed(total: ReceiptSum) -> str:
    if total.change is None:
        return "saknas nu" if total.total is None else "ny"
    sign = "+" if total.change > 0 else ""
    return "oförändrat" if total.change == 0 else sign + _figure(total.change, total.unit)


def _figure(value: Decimal | None, unit: str) -> str:
    """Write a figure with as many decimals as it needs, at most two."""
    if value is None:
        return MISSING
    decimals = 0 if value == value.to_integral_value() else 2
    return number(value, decimals) + (f"{NBSP}{unit}" if unit else "")


def _wrapped(text: str, indent: str = "") -> list[str]:
    """Break text into lines of 80 columns; a long word keeps its length."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
