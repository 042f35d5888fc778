"""What the money was for, in the report: volumes, and what their readings give in budget."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from notifications.reports.month import Cell, ReportRow, ReportTable, Section
from tasks.report.cells import (
    NOT_DELIVERED,
    absent,
    counted_name,
    known,
    mean_so_far,
    number_cell,
    same_months,
    until_words,
)
from tasks.rules.json_keys import Figure
from tasks.rules.report.activity import VolumeRow
from tasks.rules.report.month_report import MonthReport
from tasks.rules.report.signals import SignalRow
from tasks.rules.signals.watched import EVERYBODY
from tasks.rules.swedish import counted, number
from tasks.rules.wording import amount, is_nothing

UNITS_SHOWN = 3
"""Of each measure, so many units are named whose readings change the budget most."""


def volumes_section(report: MonthReport) -> Section:
    """Show each area's volumes, and the sum of each measure that units deliver."""
    rows = tuple(_volume(rows) for rows in volume_groups(report.volumes))
    if not rows:
        return Section(title="Prestationer", sentences=(NOT_DELIVERED,))
    period = report.month_of("prestationer")
    heads = (
        "Mått",
        "Utfall",
        "Planerat",
        mean_so_far(report, "prestationer"),
        f"Snitt {same_months(period)}",
    )
    caption = f"{period.swedish.capitalize()}, antal"
    return Section(
        title="Prestationer",
        tables=(ReportTable(caption=caption, heads=heads, rows=rows),),
        notes=("Planerat är årets plan för barn och platser, månadens för timmar och besök.",),
    )


def volume_gaps(report: MonthReport) -> list[str]:
    """Say which measures lack units: `Hemtjänsttimmar: 118 av 120 enheter.`"""
    gaps = []
    for rows in volume_groups(report.volumes):
        counting = sum(row.outcome is not None for row in rows)  # be it hidden
        if 0 < counting < len(rows):
            units = counted(len(rows), "enhet", "enheter")
            gaps.append(f"{rows[0].measure}: {number(counting)} av {units}.")
    return gaps


def volume_groups(volumes: Sequence[VolumeRow]) -> list[list[VolumeRow]]:
    """Put units' rows of one measure together; an area's row stands alone, so nothing is added twice."""
    groups: dict[tuple[str, str | None], list[VolumeRow]] = {}
    for row in volumes:
        groups.setdefault((row.measure, row.area), []).append(row)
    return list(groups.values())


def _volume(rows: Sequence[VolumeRow]) -> ReportRow:
    first = rows[0]
    where = first.area or counted(len(rows), "enhet", "enheter")
    return ReportRow(
        name=Cell(text=first.measure, note=where),
        cells=(
            volume_sum([row.outcome for row in rows]),
            volume_sum([row.planned for row in rows]),
            volume_sum([row.mean_so_far for row in rows]),
            volume_sum([row.mean_before for row in rows]),
        ),
    )


def volume_sum(figures: Sequence[Figure]) -> Cell:
    """Add up a measure; a sum that lacks some units says so."""
    known_figures = [figure for value in figures if (figure := known(value)) is not None]
    if not known_figures:
        return absent(figures[0])
    cell = number_cell(sum(known_figures, Decimal(0)))
    if len(known_figures) == len(figures):
        return cell
    return replace(cell, note=f"{number(len(known_figures))} av {counted(len(figures), 'enhet', 'enheter')}")


def readings_table(report: MonthReport) -> Iterator[ReportTable]:
    """Sum what the readings are expected to give in budget, with the units that matter most."""
    year = report.month_of("prestationer").year
    readings = [signal for signal in report.signals if signal.series_code == "prestationsforandring"]
    known_sums = [
        signal for signal in readings if signal.scope == EVERYBODY and known(signal.value) is not None
    ]
    sums = sorted(known_sums, key=_size, reverse=True)
    if sums:
        yield ReportTable(
            caption=f"Förväntad prestationsförändring {year} efter årets avläsningar"
            f"{until_words(report, 'prestationer')}",
            heads=("Mått och enhet", "Väntat snitt", "Planerat", "Ändring av budgeten"),
            rows=tuple(row for total in sums for row in _readings(total, readings)),
        )


def prices_taken(signals: Sequence[SignalRow]) -> Iterator[str]:
    """Say what price the readings are reckoned with where none is set."""
    if any(signal.parts.get("pris_satt") is False and known(signal.value) is not None for signal in signals):
        yield "Där inget pris är satt räknas prestationsförändringen på enhetens budget delad med planen."


def _readings(total: SignalRow, readings: Iterable[SignalRow]) -> Iterator[ReportRow]:
    """Show a measure's sum, and below it the units whose readings matter most."""
    units = [
        unit
        for unit in readings
        if unit.indicator == total.indicator and unit is not total and known(unit.value)
    ]
    largest = sorted(units, key=_size, reverse=True)[:UNITS_SHOWN]
    name = counted_name(total.name, total.count("enheter"), total.count("av"), "enheter")
    yield ReportRow(name=name, cells=(Cell(text=""), Cell(text=""), _budget_cell(total.value)))
    for unit in largest:
        yield ReportRow(
            name=Cell(text=unit.name),
            cells=(
                number_cell(unit.part("vantat_snitt"), decimals=1),
                number_cell(unit.part("planerat")),
                _budget_cell(unit.value),
            ),
            kind="part",
        )


def _size(signal: SignalRow) -> Decimal:
    return abs(known(signal.value) or Decimal(0))


def _budget_cell(value: Figure) -> Cell:
    """Say a change of budget (kr, + is more) by a word: `0,2 mnkr mer`."""
    kr = known(value)
    if kr is None:
        return absent(value)
    if is_nothing(kr):
        return Cell(text="oförändrad")
    return Cell(text=f"{amount(abs(kr))} {'mer' if kr > 0 else 'mindre'}")
