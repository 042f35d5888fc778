"""What the year's readings are expected to give in budget, as a table: by measure, with the main units."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from notifications.reports.month import Cell, Row, Table
from tasks.report.cells import Content, absent, counted_name, known, number_cell
from tasks.report.report_signal_cells import part
from tasks.rules.periods import Period
from tasks.rules.signals.adjustment_watch import ADJUSTMENT
from tasks.rules.signals.watched import EVERYBODY
from tasks.rules.swedish import amount, round_half_up

UNITS_SHOWN = 3
"""Of each measure, so many units are named whose readings change the budget most."""


def readings_table(signals: Sequence[Content], period: Period) -> Iterator[Table]:
    """Sum what the readings are expected to give in budget, with the units that matter most."""
    found = [each for each in signals if each["indikator"].startswith(ADJUSTMENT)]
    known_sums = [each for each in found if each["grupp"] == EVERYBODY and known(each["varde"]) is not None]
    sums = sorted(known_sums, key=_size, reverse=True)
    if sums:
        yield Table(
            caption=f"Förväntad prestationsförändring {period.year} efter årets avläsningar",
            heads=("Mått och enhet", "Väntat snitt", "Planerat", "Ändring av budgeten"),
            rows=tuple(row for each in sums for row in _readings(each, found)),
        )


def prices_taken(signals: Sequence[Content]) -> Iterator[str]:
    """Say what price the readings are reckoned with where none is set."""
    if any(part(each, "pris_satt") is False and known(each["varde"]) is not None for each in signals):
        yield "Där inget pris är satt räknas prestationsförändringen på enhetens budget delad med planen."


def _readings(total: Content, found: Iterable[Content]) -> Iterator[Row]:
    """Show a measure's sum, and below it the units whose readings matter most."""
    units = [
        each
        for each in found
        if each["indikator"] == total["indikator"] and each is not total and known(each["varde"])
    ]
    largest = sorted(units, key=_size, reverse=True)[:UNITS_SHOWN]
    of = counted_name(
        total["namn"], {"antal": total["delar"]["enheter"], "av": total["delar"]["av"]}, "enheter"
    )
    yield Row(name=of, cells=(Cell(text=""), Cell(text=""), _budget_cell(total["varde"])))
    for each in largest:
        yield Row(
            name=Cell(text=each["namn"]),
            cells=(
                number_cell(part(each, "vantat_snitt"), decimals=1),
                number_cell(part(each, "planerat")),
                _budget_cell(each["varde"]),
            ),
            kind="part",
        )


def _size(signal: Content) -> Decimal:
    return abs(known(signal["varde"]) or Decimal(0))


def _budget_cell(value: Any) -> Cell:
    """Say a change of budget (kr, + is more) by a word: `0,2 mnkr mer`."""
    kr = known(value)
    if kr is None:
        return absent(value)
    if round_half_up(kr.scaleb(-3)) == 0:
        return Cell(text="oförändrad")
    return Cell(text=f"{amount(abs(kr))} {'mer' if kr > 0 else 'mindre'}")
