"""A receipt as text: what became of a file, why, and the sums to tick off against the source, in Swedish."""

import textwrap
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tasks.rules.deliveries.findings import Problem
from tasks.rules.deliveries.problem_words import faults_words, place_words, remedies
from tasks.rules.deliveries.receipt import Decision, Receipt, ReceiptSum
from tasks.rules.swedish import MISSING, NBSP, and_more, counted, number

WIDTH = 80


def receipt_text(receipt: Receipt) -> str:
    """Return a receipt as plain text of at most 80 columns, for a terminal or a mail."""
    title = f"{receipt.source_title}, {receipt.when}"
    lines = _LINES[receipt.state](receipt)
    return "\n".join([*_wrapped(f"Kvitto på {receipt.file}"), *_wrapped(title), "", *lines]) + "\n"


def brief_text(receipt: Receipt) -> str:
    """Return an accepted receipt as one line, and below it what isn't as it should be.

    For files that come many at a time: their sums stand in the receipts of single ones.
    """
    line = f"{receipt.file}: mottagen, {receipt.when}, {counted(receipt.rows, 'rad', 'rader')}"
    return "\n".join([line, *_doubtful(receipt), *_warnings(receipt), *_notes(receipt)]) + "\n"


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
