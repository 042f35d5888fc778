"""The cells of a report's tables: figures in words and numbers, what is missing or hidden in words."""

from dataclasses import replace
from decimal import Decimal

from notifications.reports.month import Cell, RowKind
from tasks.rules.assessment.deviation_facts import Level
from tasks.rules.json_keys import HIDDEN, Figure
from tasks.rules.report.activity import FigureOrText
from tasks.rules.report.signals import SignalRow
from tasks.rules.signals.assistance_month import FEW
from tasks.rules.swedish import MISSING, kronor, number, percent, round_half_up
from tasks.rules.wording import deviation_words

NOT_DELIVERED = "Ingen uppgift levererad."
NOT_SHOWN = "visas inte (få personer)"
MOST_DECIMALS = 2
_DEPTHS: tuple[RowKind, ...] = ("", "part", "subpart")


def known(value: FigureOrText) -> Decimal | None:
    """Return a figure that is there; None for missing, hidden and text."""
    return value if isinstance(value, Decimal) else None


def quiet(words: str) -> Cell:
    """Return words that stand where a figure would."""
    return Cell(text=words, mark="quiet")


def absent(value: FigureOrText, hidden: str = NOT_SHOWN) -> Cell:
    """Return the words for a figure that is missing or hidden."""
    return quiet(hidden if value == HIDDEN else MISSING)


def mnkr_cell(value: Figure) -> Cell:
    """Show kronor as millions with one decimal; the table says the unit."""
    kr = known(value)
    return absent(value) if kr is None else Cell(text=in_mnkr(kr))


def tkr_cell(value: Figure) -> Cell:
    """Show kronor as whole thousands; the table says the unit."""
    kr = known(value)
    return absent(value) if kr is None else Cell(text=number(kr.scaleb(-3)))


def number_cell(value: FigureOrText, *, hidden: str = NOT_SHOWN, decimals: int | None = None) -> Cell:
    """Show a number with the decimals it came with, or with so many; a text (such as a target) as it is."""
    figure = known(value)
    if figure is not None:
        return Cell(text=number(figure, most_decimals(figure) if decimals is None else decimals))
    return Cell(text=value) if isinstance(value, str) and value not in {"", HIDDEN} else absent(value, hidden)


def result_cell(value: Figure) -> Cell:
    """Say a result (kr, + is överskott) by its word: `underskott 0,8`; the table says the unit."""
    kr = known(value)
    return absent(value) if kr is None else Cell(text=result_words(kr))


def result_words(kr: Decimal) -> str:
    """Say a result (kr, + is överskott) in mnkr without the unit; one below 0,05 mnkr in tkr with it."""
    if round_half_up(kr.scaleb(-6), 1) == 0:
        return deviation_words(kr)
    return f"{'underskott' if kr < 0 else 'överskott'} {in_mnkr(abs(kr))}"


def deviation_cell(deviation: Decimal | None, share: Decimal | None) -> Cell:
    """Say a deviation (kr, + is överskott) by its word, and its size in per cent of the budget behind it."""
    cell = result_cell(deviation)
    return cell if share is None else replace(cell, text=f"{cell.text} ({percent(abs(share))})")


def in_mnkr(kr: Decimal) -> str:
    """Write kronor in millions without the unit: `12,4`."""
    return number(kr.scaleb(-6), 1)


def most_decimals(*figures: Decimal | None) -> int:
    """Return how many decimals the finest of the figures has; two at most."""
    exponents = (figure.normalize().as_tuple().exponent for figure in figures if figure is not None)
    decimals = (-exponent for exponent in exponents if isinstance(exponent, int))
    return min(max(0, *decimals, 0), MOST_DECIMALS)


def leveled(name: Cell, level: Level) -> Cell:
    """Put a warning's word before a name: `LARM`, `BEVAKA`."""
    return replace(name, word=level.upper(), mark=level)


def kind_at(depth: int) -> RowKind:
    """Return what a row is that lies so deep below the first ones; from the third level on all are alike."""
    return _DEPTHS[min(depth, len(_DEPTHS) - 1)]


def counted_name(name: str, counted: int, of: int, parts: str) -> Cell:
    """Name a row; a total that lacks some of its parts says so."""
    return Cell(text=name, note=f"{number(counted)} av {number(of)} {parts}" if counted < of else "")


def figure_cell(signal: SignalRow, value: Figure) -> Cell:
    """Show a figure in the signal's own unit; kronor say theirs."""
    figure = known(value)
    if figure is None:
        return absent(value)
    if signal.measured_in == "kr":
        return Cell(text=kronor(figure))
    return Cell(text=number(figure, 1 if figure < FEW and round_half_up(figure, 1) % 1 else 0))


def change_cell(signal: SignalRow, change: Figure) -> Cell:
    """Say a change (%) by a word: `5,1 % högre` of kronor, `0,3 % fler` of what is counted."""
    share = known(change)
    if share is None:
        return absent(change)
    if round_half_up(share, 1) == 0:
        return Cell(text="oförändrat")
    more, less = ("högre", "lägre") if signal.measured_in == "kr" else ("fler", "färre")
    return Cell(text=f"{percent(abs(share))} {more if share > 0 else less}")
