"""The figures of a leading signal as cells: in its own unit, changes by a word."""

from typing import Any

from notifications.reports.month import Cell
from tasks.report.cells import Content, absent, known
from tasks.rules.report.month_report import HIDDEN
from tasks.rules.signals.assistance_comparison import FEW
from tasks.rules.swedish import kronor, number, percent, round_half_up


def part(signal: Content, name: str) -> Any:
    """Return a figure behind a signal; of a hidden signal all are hidden."""
    return HIDDEN if signal["varde"] == HIDDEN else signal["delar"].get(name)


def figure_cell(signal: Content, value: Any) -> Cell:
    """Show a figure in the signal's own unit; kronor say theirs."""
    figure = known(value)
    if figure is None:
        return absent(value)
    if signal["sort"] == "kr":
        return Cell(text=kronor(figure))
    return Cell(text=number(figure, 1 if figure < FEW and round_half_up(figure, 1) % 1 else 0))


def change_cell(signal: Content, change: Any) -> Cell:
    """Say a change (%) by a word: `5,1 % högre` of kronor, `0,3 % fler` of what is counted."""
    share = known(change)
    if share is None:
        return absent(change)
    if round_half_up(share, 1) == 0:
        return Cell(text="oförändrat")
    more, less = ("högre", "lägre") if signal["sort"] == "kr" else ("fler", "färre")
    return Cell(text=f"{percent(abs(share))} {more if share > 0 else less}")
