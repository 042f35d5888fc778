"""Indicators in the report: what was measured beside its targets, and whether it reaches them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from notifications.reports.month import Cell, ReportRow, ReportTable, Section
from tasks.report.cells import NOT_DELIVERED, NOT_SHOWN, known, most_decimals, quiet
from tasks.rules.json_keys import HIDDEN, Figure
from tasks.rules.report.activity import FigureOrText
from tasks.rules.report.goals.indicators import IndicatorRow
from tasks.rules.report.goals.judgement import Verdict
from tasks.rules.report.month_report import MonthReport
from tasks.rules.swedish import NBSP, counted, joined, number

MOST_SHOWN = 20
"""Where there are more indicators than these, those that aren't measured are only counted."""
SHORT_UNIT = 4
"""A unit of so many signs stays on the line of its figure; a longer one may stand below it."""
VERDICT_WORDS = {
    "nas": "når målet",
    "nas_inte": "NÅR INTE",
    "ej_matt": "inte mätt",
    "ej_bedomd": "bedöms inte",
}
COUNT_WORDS: dict[Verdict, str] = {
    "nas": "når årsmålet",
    "nas_inte": "når det inte",
    "ej_matt": "är inte mätta i perioden",
    "ej_bedomd": "går inte att bedöma",
}


def indicators_section(report: MonthReport) -> Section:
    """Show the indicators beside their targets, judged."""
    rows = report.indicators
    if not rows:
        return Section(title="Indikatorer", sentences=(NOT_DELIVERED,))
    shown = rows if len(rows) <= MOST_SHOWN else [row for row in rows if _is_to_be_shown(row)]
    heads = (
        "Indikator",
        "Utfall",
        "Förra året",
        "Prognos helår",
        "Årsmål",
        "Kommun\u00adfullmäktiges mål",
        "Bedömning",
    )
    left = len(rows) - len(shown)
    return Section(
        title="Indikatorer",
        sentences=tuple(_sentences(rows)),
        tables=(
            ReportTable(
                caption="Utfall och mål", heads=heads, rows=tuple(_row(row, report) for row in shown)
            ),
        ),
        notes=(f"{counted(left, 'indikator', 'indikatorer')} är inte mätta i perioden och visas inte här.",)
        if left
        else (),
    )


def _is_to_be_shown(row: IndicatorRow) -> bool:
    return row.verdict != "ej_matt"


def _sentences(rows: Sequence[IndicatorRow]) -> Iterator[str]:
    """Count what reaches its target, and what should have been measured."""
    verdicts = Counter(row.verdict for row in rows)
    parts = [
        f"{number(verdicts[verdict])} {words}" for verdict, words in COUNT_WORDS.items() if verdicts[verdict]
    ]
    if parts:
        yield f"Av {counted(len(rows), 'indikator', 'indikatorer')}: {joined(parts)}."
    late = sum(row.verdict == "ej_matt" and row.is_due is True for row in rows)
    if late:
        yield f"{number(late)} skulle ha mätts nu."


def _row(row: IndicatorRow, report: MonthReport) -> ReportRow:
    """Show an indicator; all its figures have the decimals of the finest delivered one, and their unit."""
    decimals = row_decimals(row)
    return ReportRow(
        name=Cell(text=row.indicator, note=_about(row, report)),
        cells=(
            _outcome(row, decimals),
            indicator_cell(row.outcome_before, row, "utfall_foregaende_ar", decimals),
            indicator_cell(row.forecast, row, "prognos_helar", decimals),
            _target(row, decimals),
            indicator_cell(
                row.city_target,
                row,
                "kf_arsmal",
                decimals,
                note="hela stadens" if row.of_the_city else "",
            ),
            _verdict(row),
        ),
        detail=" ".join(indicator_remarks(row, decimals)),
    )


def _about(row: IndicatorRow, report: MonthReport) -> str:
    """Say under which goal an indicator is, of which unit, and how often it is measured."""
    goals = {goal.code for goal in report.goals}
    unknown = "" if row.goal is None or row.goal in goals or not goals else " (målet är inte lämnat)"
    parts = [
        *([f"mål {row.goal}{unknown}"] if row.goal else []),
        *([row.unit_name or row.unit] if row.unit else []),
        *([_often(row.periodicity)] if row.periodicity else []),
    ]
    return ", ".join(parts)


def _often(periodicity: str) -> str:
    return periodicity if any(sign.isdigit() for sign in periodicity) else f"mäts per {periodicity}"


def row_decimals(row: IndicatorRow) -> int:
    """Return with how many decimals all figures of an indicator are shown."""
    delivered = [row.outcome_before, known(row.target), known(row.city_target)]
    if row.own is None:
        return most_decimals(*delivered, row.outcome, known(row.forecast), known(row.men), known(row.women))
    return max(most_decimals(*delivered), 1)


def indicator_cell(
    value: FigureOrText, row: IndicatorRow, column: str, decimals: int, *, note: str = ""
) -> Cell:
    """Show a figure with its unit, a text as it is; nothing where nothing is delivered, as it is printed."""
    if value == HIDDEN:
        return quiet(NOT_SHOWN)
    figure = known(value)
    if figure is None:
        return Cell(text=value if isinstance(value, str) else "", note=note, mark="words")
    return Cell(
        text=_with_unit(figure, row.unit_of(column), decimals),
        note=note,
        mark="words",
        kind="count",
        value=figure,
        decimals=decimals,
        unit=row.unit_of(column),
    )


def _with_unit(figure: Decimal, unit: str, decimals: int) -> str:
    shown = number(figure, decimals)
    space = NBSP if len(unit) <= SHORT_UNIT else " "
    return f"{shown}{space}{unit}" if unit else shown


def _outcome(row: IndicatorRow, decimals: int) -> Cell:
    if row.outcome is None:
        return quiet("inte mätt" if row.verdict == "ej_matt" else "")
    cell = indicator_cell(row.outcome, row, "utfall", decimals)
    sexes = [
        f"{word} {_sex(value, decimals)}"
        for word, value in (("kvinnor", row.women), ("män", row.men))
        if value is not None
    ]
    return replace(cell, note=", ".join(sexes), further="" if row.own is None else "egen uppgift")


def _sex(value: Figure, decimals: int) -> str:
    figure = known(value)
    return NOT_SHOWN if figure is None else number(figure, decimals)


def _target(row: IndicatorRow, decimals: int) -> Cell:
    return indicator_cell(row.target, row, "arsmal", decimals, note="ändrat" if row.target_change else "")


def indicator_remarks(row: IndicatorRow, decimals: int) -> Iterator[str]:
    """Say below an indicator what its cells have no room for."""
    if row.verdict == "ej_bedomd" and row.reason:
        yield f"{row.reason[0].upper()}{row.reason[1:]}."
    if row.verdict == "ej_matt" and row.is_due:
        yield "Skulle ha mätts nu."
    if row.own is not None and row.difference is not None:
        delivered = number(row.own + row.difference, decimals)
        yield f"Egen uppgift; lämnad uppgift är {delivered}."
    if row.outside_the_sexes:
        yield "Totalen ligger utanför kvinnor och män."
    change = row.target_change
    if change is not None:
        before = known(change.before)
        was = change.before if before is None else number(before, most_decimals(before))
        yield f"Årsmålet ändrades i {change.since.swedish}, från {was}."
    if row.analysis:
        yield row.analysis


def _verdict(row: IndicatorRow) -> Cell:
    if row.verdict is None:
        return Cell(text="")
    words = VERDICT_WORDS[row.verdict]
    basis = {"prognos": "på prognosen", "utfall": "på utfallet"}.get(row.judged_on or "", "")
    if row.verdict == "nas_inte":
        return Cell(text="", word=words, mark="bevaka", note=basis)
    if row.verdict == "nas":
        return Cell(text=words, note=basis)
    return quiet(words)
