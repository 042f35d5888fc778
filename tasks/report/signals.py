"""The report's leading signals: what to watch first, then the levels that it is read from."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from notifications.reports.month import Cell, ReportRow, ReportTable, Section
from tasks.report.activity import prices_taken, readings_table
from tasks.report.assistance import COMPARED, assistance_tables
from tasks.report.cells import (
    absent,
    change_cell,
    figure_cell,
    known,
    lagging_words,
    leveled,
    percent_cell,
)
from tasks.report.sick_leave import sick_leave_table
from tasks.rules.report.month_report import MonthReport
from tasks.rules.report.signals import SignalRow
from tasks.rules.signals.watched import EVERYBODY, watched_sentence
from tasks.rules.swedish import counted, joined, mid_sentence, number
from tasks.sources import all_sources

TITLE = "Tidiga signaler"
MOST = 12
"""Signals beyond these, of the units that differ least, are counted and not listed."""
VOLUMES = "prestationer"
ORDER = ("bistand", "sjukfranvaro", VOLUMES)
WHY_HIDDEN = "för få personer, eller så skulle en så liten grupp gå att räkna fram"
COMPARED_WITH = "Volymer och kostnader: hittills i år mot planen. Annat: mot det som brukar vara."
HINT = "De är tecken att titta på innan pengarna visar det. De kräver ingen åtgärdsplan."


def signals_section(report: MonthReport) -> Section:
    """Show what is to be watched, then sick leave, social assistance and readings."""
    signals = report.signals
    if not signals:
        return Section(title=TITLE, sentences=("Inga tidiga signaler har lästs för månaden.",))
    watched = _in_order([signal for signal in signals if signal.is_watched])
    return Section(
        title=TITLE,
        sentences=(_summary(watched, signals), *_lagging(report), *_short_history(signals)),
        tables=(
            *_watched_table(watched, report),
            *sick_leave_table(report),
            *assistance_tables(report),
            *readings_table(report),
        ),
        notes=_notes(watched, signals),
    )


def _in_order(watched: Sequence[SignalRow]) -> list[SignalRow]:
    """Sort by source, and what differs most first, with all that is said of the same unit."""
    largest: dict[str, Decimal] = {}
    for signal in watched:
        largest[signal.name] = max(_share(signal), largest.get(signal.name, Decimal(0)))
    return sorted(
        watched,
        key=lambda signal: (ORDER.index(signal.source), -largest[signal.name], signal.name, -_share(signal)),
    )


def _share(signal: SignalRow) -> Decimal:
    return abs(known(signal.part("skillnad_procent")) or Decimal(0))


def _summary(watched: Sequence[SignalRow], signals: Sequence[SignalRow]) -> str:
    judged = sum(signal.months_lacking == 0 for signal in signals)
    sentence = watched_sentence(len(watched), judged)
    hint = f" {HINT}" if watched else ""
    return f"{sentence[:1].upper()}{sentence[1:]}.{hint}"


def _lagging(report: MonthReport) -> Iterator[str]:
    """Say in one sentence which figures are of another month."""
    if said := lagging_words(report):
        yield " ".join(said)


def _short_history(signals: Sequence[SignalRow]) -> Iterator[str]:
    """Say which sources have too few months for some series, and how many more those need."""
    lacking: dict[str, int] = {}
    for signal in signals:
        months = signal.months_lacking
        if months:
            lacking[signal.source] = max(months, lacking.get(signal.source, 0))
    parts = [
        f"{mid_sentence(all_sources()[source].title)} {counted(months, 'månad', 'månader')}"
        for source, months in sorted(lacking.items())
    ]
    if parts:
        yield f"För att se förändring behövs längre historia: {joined(parts)} till."


def _watched_table(watched: Sequence[SignalRow], report: MonthReport) -> Iterator[ReportTable]:
    if watched:
        yield ReportTable(
            caption=f"Att bevaka, {report.period.swedish}",
            heads=("Enhet och mått", "Nu", "Jämfört med", "Skillnad"),
            rows=tuple(_watched(signal, report) for signal in watched[:MOST]),
        )


def _watched(signal: SignalRow, report: MonthReport) -> ReportRow:
    cells, detail = _against_plan(signal), ""
    if signal.source == "sjukfranvaro":
        cells, detail = _against_usual(signal), signal.rule or ""
    elif signal.source == "bistand":
        detail = signal.rule or ""
    month = report.month_of(signal.source)
    until = "" if month == report.period else f" till och med {month.month_name}"
    name = leveled(Cell(text=signal.name, note=f"{signal.indicator}{until}"), "bevaka")
    return ReportRow(name=name, cells=cells, detail=detail)


def _against_plan(signal: SignalRow) -> tuple[Cell, ...]:
    now, plan = known(signal.value), known(signal.compared)
    share = None if now is None or not plan else (now - plan) / plan * 100
    return (figure_cell(signal, now), figure_cell(signal, plan), change_cell(signal, share))


def _against_usual(signal: SignalRow) -> tuple[Cell, ...]:
    """Show the mean of three months beside the usual, the season taken out."""
    now, usual = known(signal.part("senaste_tre")), known(signal.part("vanligt"))
    if now is None or usual is None:
        return (absent(None),) * 3
    return (
        percent_cell(now),
        percent_cell(usual),
        Cell(text=f"{number(now - usual, 1)} procentenheter högre"),
    )


def _notes(watched: Sequence[SignalRow], signals: Sequence[SignalRow]) -> tuple[str, ...]:
    left, volumes = len(watched) - MOST, any(signal.source == VOLUMES for signal in watched)
    hidden = sum(signal.is_hidden for signal in signals)
    groups = counted(hidden, "grupp", "grupper")
    return (
        *([COMPARED_WITH] if volumes else []),
        *([f"Ytterligare {number(left)} med mindre skillnad visas inte här."] if left > 0 else []),
        *prices_taken(signals),
        *_levels_missing(signals),
        *([f"{groups} visas inte: {WHY_HIDDEN}."] if hidden else []),
    )


def _levels_missing(signals: Sequence[SignalRow]) -> Iterator[str]:
    """Say which of the levels can't be told, in the words of the rules."""
    for signal in signals:
        if signal.scope == EVERYBODY and signal.value is None and signal.series_code not in COMPARED:
            yield signal.sentence
