"""The tertial report's areas: a heading each, with its sentence and its volumes."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from notifications.reports.month import Cell, ReportRow, ReportTable, Section, Text
from tasks.report.activity import volume_groups, volume_sum
from tasks.report.assistance import assistance_section
from tasks.report.budget import shown_in_order
from tasks.report.cells import mean_so_far, same_months
from tasks.rules.json_keys import Figure
from tasks.rules.name_text import name_key
from tasks.rules.report.activity import VolumeRow
from tasks.rules.report.driftbudget import BudgetLine
from tasks.rules.report.line_sentence import line_sentence
from tasks.rules.report.month_report import MonthReport
from tasks.rules.swedish import counted
from tasks.rules.wording import is_nothing
from tasks.sources import all_sources

VOLUMES, ASSISTANCE = "prestationer", "bistand"
ASKS = "[Skriv: orsak och åtgärder]"


def area_sections(report: MonthReport) -> Iterator[Section]:
    """Show each area with what is said of it and its volumes; volumes of no shown area come last."""
    volumes = _volumes_by_area(report.volumes)
    assistance = tuple(assistance_section(report).tables)
    of_assistance = name_key(all_sources()[ASSISTANCE].title)
    for area, lines in _areas(report):
        key = name_key(area)
        tables = _volume_tables(report, volumes.pop(key, []))
        if key == of_assistance:
            tables, assistance = (*tables, *assistance), ()
        texts = tuple(text for line in lines for text in _said(line, report))
        if texts or tables:
            yield Section(title=area, level=4, texts=texts, tables=tables)
    left = [row for rows in volumes.values() for row in rows]
    if left:
        yield Section(title="Volymer", level=4, tables=_volume_tables(report, left))
    if assistance:
        yield Section(title=all_sources()[ASSISTANCE].title, level=4, tables=assistance)


def _areas(report: MonthReport) -> list[tuple[str, list[BudgetLine]]]:
    """Return each area at the top by its name, with the lines of it and its parts."""
    areas: list[tuple[str, list[BudgetLine]]] = []
    for line, depth in shown_in_order(report.budget.lines):
        if depth == 0:
            areas.append((line.area, [line]))
        else:
            areas[-1][1].append(line)
    return areas


def _said(line: BudgetLine, report: MonthReport) -> Iterator[Text]:
    """Say the delivered sentence, else a drafted one, where more is to be written of a deviation.

    A part that ends in balance after carry-over is left to the sentence of its area.
    """
    amounts = line.amounts
    words = line_sentence(line, report.signals, is_whole_year=report.period.month == 12)
    told = (amounts.deviation_after, *(() if line.part_of else (amounts.deviation_before,)))
    deviates = any(kr and not is_nothing(kr) for kr in told)
    if words:
        yield Text(words=words, asks=ASKS if deviates and not line.reason else "")


def _volumes_by_area(volumes: Sequence[VolumeRow]) -> dict[str, list[VolumeRow]]:
    """Group volumes by area; those of units, whose area the report doesn't know, stand together."""
    groups: dict[str, list[VolumeRow]] = {}
    for row in volumes:
        groups.setdefault(name_key(row.area or ""), []).append(row)
    return groups


def _volume_tables(report: MonthReport, volumes: Sequence[VolumeRow]) -> tuple[ReportTable, ...]:
    if not volumes:
        return ()
    period = report.month_of(VOLUMES)
    groups = volume_groups(volumes)
    rows = [_row(rows[0].measure, rows, "" if rows[0].area else _units(rows)) for rows in groups]
    if _are_parts_of_one(volumes):
        rows.append(_row("Totalt", volumes, is_total=True))
    heads = (
        "Mått",
        f"Planering {period.year}",
        f"Utfall {period.swedish}",
        mean_so_far(report, VOLUMES),
        f"Snitt {same_months(period)}",
    )
    return (ReportTable(caption=f"Volymer, {period.swedish}, antal", heads=heads, rows=tuple(rows)),)


def _units(rows: Sequence[VolumeRow]) -> str:
    return counted(len(rows), "enhet", "enheter")


def _row(name: str, rows: Sequence[VolumeRow], note: str = "", *, is_total: bool = False) -> ReportRow:
    return ReportRow(
        name=Cell(text=name, note=note),
        cells=(
            volume_sum([row.planned for row in rows]),
            volume_sum([row.outcome for row in rows]),
            volume_sum([row.mean_so_far for row in rows]),
            volume_sum([row.mean_before for row in rows]),
        ),
        kind="total" if is_total else "",
    )


def _are_parts_of_one(volumes: Sequence[VolumeRow]) -> bool:
    """Tell whether an area's measures are all parts of the same one, and none of their counts is hidden."""
    declared = {name_key(each.name): each.part_of for each in all_sources()[VOLUMES].volumes}
    wholes = {declared.get(name_key(row.measure)) for row in volumes}
    return len(volumes) > 1 and len(wholes) == 1 and None not in wholes and all(map(_is_whole, volumes))


def _is_whole(row: VolumeRow) -> bool:
    figures: tuple[Figure, ...] = (row.outcome, row.planned, row.mean_so_far, row.mean_before)
    return all(isinstance(figure, Decimal) for figure in figures)
