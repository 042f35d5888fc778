"""The cells of a report's tables: figures in words and numbers, what is missing or hidden in words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from notifications.reports.month import Cell, RowKind
from tasks.rules.assessment.deviation_facts import Level
from tasks.rules.json_keys import HIDDEN, Figure
from tasks.rules.periods import Period
from tasks.rules.report.activity import FigureOrText
from tasks.rules.report.month_report import MonthReport
from tasks.rules.report.signals import SignalRow
from tasks.rules.signals.assistance_month import FEW
from tasks.rules.swedish import MISSING, date_words, kronor, number, percent, round_half_up
from tasks.rules.wording import board_amount, board_deviation, board_size, is_nothing
from tasks.sources import all_sources

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


def same_months(period: Period) -> str:
    """Return the months of the year before that a month's means are held against: `jan–sep 2025`."""
    return period.plus(-12).year_so_far_short


def lagging_words(report: MonthReport) -> tuple[str, ...]:
    """Say which sources' figures are of another month than the report: `Sjukfrånvaro gäller juni 2026.`"""
    return tuple(
        f"{all_sources()[source].title} gäller {month.swedish}."
        for source, month in (report.months or {}).items()
        if source not in report.missing
    )


def until_words(report: MonthReport, source: str) -> str:
    """Return which month a source's figures end with, where that isn't the report's: ` till och med juni`."""
    month = report.month_of(source)
    return "" if month == report.period else f" till och med {month.swedish}"


def mean_so_far(report: MonthReport, source: str) -> str:
    """Return the head of a source's means of the year so far, which name their months where it lags."""
    month = report.month_of(source)
    return "Snitt hittills i år" if month == report.period else f"Snitt {month.year_so_far_short}"


def absent(value: FigureOrText, hidden: str = NOT_SHOWN) -> Cell:
    """Return the words for a figure that is missing or hidden."""
    if value == HIDDEN:
        return replace(quiet(hidden), kind="hidden")
    return replace(quiet(MISSING), kind="missing")


def mnkr_cell(value: Figure) -> Cell:
    """Show kronor as millions with one decimal; the table says the unit."""
    kr = known(value)
    return absent(value) if kr is None else Cell(text=board_amount(kr), kind="mnkr", value=kr, decimals=1)


def size_cell(value: Figure) -> Cell:
    """Show kronor as millions, but what would show as 0,0 as thousands with their unit."""
    kr = known(value)
    return (
        absent(value)
        if kr is None
        else Cell(text=board_size(kr), kind="mnkr", value=kr, decimals=_decimals(kr), unit=_unit(kr))
    )


def tkr_cell(value: Figure) -> Cell:
    """Show kronor as whole thousands; the table says the unit."""
    kr = known(value)
    return absent(value) if kr is None else Cell(text=number(kr.scaleb(-3)), kind="tkr", value=kr)


def number_cell(value: FigureOrText, *, hidden: str = NOT_SHOWN, decimals: int | None = None) -> Cell:
    """Show a number with the decimals it came with, or with so many; a text (such as a target) as it is."""
    figure = known(value)
    if figure is not None:
        shown = most_decimals(figure) if decimals is None else decimals
        return Cell(text=number(figure, shown), kind="count", value=figure, decimals=shown)
    return Cell(text=value) if isinstance(value, str) and value not in {"", HIDDEN} else absent(value, hidden)


def result_cell(value: Figure) -> Cell:
    """Say a result (kr, + is överskott) by its word: `underskott 0,8`; the table says the unit."""
    kr = known(value)
    return (
        absent(value)
        if kr is None
        else Cell(text=board_deviation(kr), kind="result", value=kr, decimals=_decimals(kr), unit=_unit(kr))
    )


def deviation_cell(deviation: Decimal | None, words: str, share: Decimal | None) -> Cell:
    """Say a deviation (kr) in words, with its size in per cent of the budget behind it where there is one."""
    if deviation is None:
        return absent(None)
    said = words if share is None or is_nothing(deviation) else f"{words} ({percent(abs(share))})"
    return Cell(
        text=said, kind="result", value=deviation, decimals=_decimals(deviation), unit=_unit(deviation)
    )


def _is_small(kr: Decimal) -> bool:
    """Tell whether kronor would show as 0,0 mnkr, and are told in tkr."""
    return round_half_up(kr.scaleb(-6), 1) == 0


def _unit(kr: Decimal) -> str:
    return "tkr" if _is_small(kr) else ""


def _decimals(kr: Decimal) -> int:
    return 0 if _is_small(kr) else 1


def percent_cell(value: Figure, hidden: str = NOT_SHOWN) -> Cell:
    """Show a figure that already is in per cent with one decimal."""
    share = known(value)
    if share is None:
        return absent(value, hidden)
    return Cell(text=percent(share), kind="percent", value=share, decimals=1)


def date_cell(day: date | None) -> Cell:
    """Say a day in words; nothing where there is none."""
    return Cell(text="") if day is None else Cell(text=date_words(day), kind="date", value=day)


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
        return Cell(text=kronor(figure), kind="kr", value=figure, unit="kronor")
    return number_cell(figure, decimals=1 if figure < FEW and round_half_up(figure, 1) % 1 else 0)


def change_cell(signal: SignalRow, change: Figure) -> Cell:
    """Say a change (%) by a word: `5,1 % högre` of kronor, `0,3 % fler` of what is counted."""
    share = known(change)
    if share is None:
        return absent(change)
    if round_half_up(share, 1) == 0:
        return Cell(text="oförändrat")
    more, less = ("högre", "lägre") if signal.measured_in == "kr" else ("fler", "färre")
    return Cell(text=f"{percent(abs(share))} {more if share > 0 else less}")
