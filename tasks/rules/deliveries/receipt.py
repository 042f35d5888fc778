"""The receipt of a delivery: what was taken in, or why it was refused, in Swedish."""

import textwrap
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from tasks.rules.declaration import Kind, Source
from tasks.rules.deliveries.check import CheckedDelivery
from tasks.rules.deliveries.findings import Problem
from tasks.rules.deliveries.storage import ControlTotal
from tasks.rules.periods import Period
from tasks.rules.swedish import MISSING, NBSP, and_more, counted, number

Receipt = dict[str, Any]
"""JSON: text, whole numbers, lists and objects; amounts as decimal text, null where missing."""

WIDTH = 80
LONGEST = 80
"""So many characters of a value from a file are shown."""
LONGEST_SENTENCE = 400


def write_receipt(
    checked: CheckedDelivery,
    file_name: str,
    *,
    previous: Sequence[Mapping[str, Any]] | None = None,
) -> Receipt:
    """Write a checked delivery's receipt. `previous` is `totals` of the receipt of the revision before."""
    return _head(checked.source, checked.period, file_name) | {
        "state": "accepted" if checked.is_accepted else "refused",
        "rows": checked.rows,
        "problems": [_told(problem) for problem in checked.problems],
        "problem_count": checked.problem_count,
        "warnings": [_told(problem) for problem in checked.warnings],
        "warning_count": checked.warning_count,
        "units": checked.units,
        "valid_units": checked.valid_units,
        "absent_units": list(checked.absent_units),
        "totals": list(_totals(checked, previous)),
        "is_revision": previous is not None,
    }


def write_refusal(source: Source, period: Period, file_name: str, problems: Sequence[Problem]) -> Receipt:
    """Write the receipt of a file that couldn't even be read as a table, or that competes with another."""
    return _head(source, period, file_name) | {
        "state": "refused",
        "rows": 0,
        "problems": [_told(problem) for problem in problems],
        "problem_count": len(problems),
        "warnings": [],
        "warning_count": 0,
        "units": 0,
        "valid_units": 0,
        "absent_units": [],
        "totals": [],
        "is_revision": False,
    }


def receipt_text(receipt: Receipt) -> str:
    """Return a receipt as plain text of at most 80 columns, for a terminal or a mail."""
    title = f"{receipt['source_title']}, {Period.parse(receipt['period']).swedish}"
    told = _accepted(receipt) if receipt["state"] == "accepted" else _refused(receipt)
    return "\n".join([*_wrapped(f"Kvitto på {receipt['file']}"), *_wrapped(title), "", *told]) + "\n"


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


def _head(source: Source, period: Period, file_name: str) -> Receipt:
    return {
        "file": visible(file_name),
        "source": source.name,
        "source_title": source.title,
        "period": str(period),
    }


def _told(problem: Problem) -> dict[str, Any]:
    return {
        "row": problem.row,
        "column": None if problem.column is None else visible(problem.column),
        "value": None if problem.value is None else visible(problem.value),
        "rule": visible(problem.rule, LONGEST_SENTENCE),
        "remedy": visible(problem.remedy, LONGEST_SENTENCE),
    }


def _totals(
    checked: CheckedDelivery, previous: Sequence[Mapping[str, Any]] | None
) -> Iterator[dict[str, Any]]:
    """Yield every sum with its change, then those of the revision before that this one lacks."""
    before = {_subject(total): total for total in previous or ()}
    for total in checked.totals:
        told = _total(checked.source, total)
        known = before.pop(_subject(told), {}).get("total")
        yield told | {
            "change": None if total.total is None or known is None else _plain(total.total - Decimal(known))
        }
    yield from ({**gone, "total": None, "change": None} for gone in before.values())


def _total(source: Source, total: ControlTotal) -> dict[str, Any]:
    column = source.column(total.measure)
    return {
        "period": total.period,
        "measure": total.measure,
        "title": column.title,
        "item": None if total.item is None else visible(total.item),
        "unit": {Kind.AMOUNT: "kr", Kind.HOURS: "h"}.get(column.kind, ""),
        "total": _plain(total.total),
    }


def _subject(total: Mapping[str, Any]) -> tuple[object, ...]:
    return total["period"], total["measure"], total["item"]


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _refused(receipt: Receipt) -> Iterator[str]:
    count = receipt["problem_count"]
    yield from _wrapped(
        f"NEKAD. Filen är inte inläst och har inte ändrat något. {counted(count, 'fel', 'fel')}:"
    )
    yield from _listed(receipt["problems"], count, "fel")
    yield from _warnings(receipt)
    yield ""
    yield "Rätta filen och lämna in den igen."


def _accepted(receipt: Receipt) -> Iterator[str]:
    yield from _wrapped(f"MOTTAGEN. {counted(receipt['rows'], 'rad', 'rader')}{_units(receipt)}.")
    if receipt["totals"]:
        yield from ("", "Summor att stämma av:", "")
        yield from (_total_line(total, is_revision=receipt["is_revision"]) for total in receipt["totals"])
    yield from _warnings(receipt)


def _units(receipt: Receipt) -> str:
    """Tell how many units there are, and which of the valid ones are absent."""
    valid, absent = receipt["valid_units"], receipt["absent_units"]
    if not valid:
        return (
            f", {counted(receipt['units'], 'enhet eller område', 'enheter eller områden')}"
            if receipt["units"]
            else ""
        )
    missing = f"; saknas: {', '.join(absent)}" if absent else ""
    return f", {number(valid - len(absent))} av {counted(valid, 'enhet', 'enheter')}{missing}"


def _warnings(receipt: Receipt) -> Iterator[str]:
    count = receipt["warning_count"]
    if count:
        yield from ("", f"{counted(count, 'sak', 'saker')} att kontrollera:")
        yield from _listed(receipt["warnings"], count, "saker")


def _listed(problems: Sequence[Mapping[str, Any]], count: int, noun: str) -> Iterator[str]:
    for problem in problems:
        yield ""
        yield from _wrapped(_place(problem))
        yield from _wrapped(f"{problem['rule']}. {problem['remedy']}", "  ")
    if count > len(problems):
        yield from ("", f"{and_more(count, len(problems), noun)}, som inte visas.")


def _place(problem: Mapping[str, Any]) -> str:
    row, column, value = problem["row"], problem["column"], problem["value"]
    parts = [f"rad {row}" if row else "", f"kolumn {column}" if column else ""]
    place = ", ".join(part for part in parts if part) or "hela filen"
    return place.capitalize()[0] + place[1:] + (f": ”{value}”" if value else "")


def _total_line(total: Mapping[str, Any], *, is_revision: bool) -> str:
    """Write a sum in 80 columns, of which a revision's last 20 tell the change since the one before."""
    width = 29 if is_revision else 50
    label = total["title"] if total["item"] is None else f"{total['title']}, {total['item']}"
    label = label if len(label) <= width else label[: width - 1] + "…"
    line = f"{total['period']}  {label:<{width}} {_figure(total['total'], total['unit']):>20}"
    return f"{line} {_changed(total):>20}" if is_revision else line


def _changed(total: Mapping[str, Any]) -> str:
    if total["change"] is None:
        return "saknas nu" if total["total"] is None else "ny"
    sign = "+" if Decimal(total["change"]) > 0 else ""
    return "oförändrat" if Decimal(total["change"]) == 0 else sign + _figure(total["change"], total["unit"])


def _figure(text: str | None, unit: str) -> str:
    """Write a figure with as many decimals as it needs, at most two."""
    if text is None:
        return MISSING
    value = Decimal(text)
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
