"""The tertial report's tables under a goal: indicators in nine columns, activities in four, as published."""

from collections.abc import Iterator, Sequence

from notifications.reports.month import Cell, ReportRow, ReportTable
from tasks.report.cells import date_cell
from tasks.report.indicators import indicator_cell, indicator_remarks, row_decimals
from tasks.rules.report.activity import FigureOrText
from tasks.rules.report.goals.activities import ActivityRow
from tasks.rules.report.goals.indicators import IndicatorRow
from tasks.rules.report.goals.judgement import Verdict

VERDICT_WORDS: dict[Verdict, str] = {
    "nas": "NÅR",
    "nas_inte": "NÅR INTE",
    "ej_matt": "EJ MÄTT",
    "ej_bedomd": "OBEDÖMD",
}
GOAL_HEAD = "Mål"


def indicator_table(rows: Sequence[IndicatorRow], year: int, *, with_goals: bool = False) -> ReportTable:
    """Return the Indikatortabell; with_goals: of several goals, whose codes have a column."""
    return ReportTable(
        caption="Indikatorer",
        heads=(
            "Indikator",
            *((GOAL_HEAD,) if with_goals else ()),
            "Period\u00adens utfall",
            "Utfall män/\u200bpojkar",
            "Utfall kvinnor/\u200bflickor",
            f"Utfall VB {year - 1}",
            "Prognos helår",
            "Årsmål",
            "KF:s årsmål",
            "Period",
        ),
        rows=tuple(_indicator(row, with_goals=with_goals) for row in rows),
    )


def activity_table(rows: Sequence[ActivityRow], *, with_goals: bool = False) -> ReportTable:
    """Return the Aktivitetstabell; with_goals: of several goals."""
    return ReportTable(
        caption="Aktiviteter",
        heads=(
            "Aktivitet",
            *((GOAL_HEAD,) if with_goals else ()),
            "Startdatum",
            "Slutdatum",
            "Avvikelse",
        ),
        rows=tuple(_activity(row, with_goals=with_goals) for row in rows),
    )


def _indicator(row: IndicatorRow, *, with_goals: bool) -> ReportRow:
    decimals = row_decimals(row)

    def figure(value: FigureOrText, column: str, note: str = "") -> Cell:
        return indicator_cell(value, row, column, decimals, note=note)

    return ReportRow(
        name=Cell(
            text=row.indicator,
            word="" if row.verdict is None else VERDICT_WORDS[row.verdict],
            mark="bevaka" if row.verdict == "nas_inte" else "",
            note=", ".join(_about(row)),
        ),
        cells=(
            *((Cell(text=row.goal or ""),) if with_goals else ()),
            figure(row.outcome, "utfall", "" if row.own is None else "egen uppgift"),
            figure(row.men, "utfall_man"),
            figure(row.women, "utfall_kvinnor"),
            figure(row.outcome_before, "utfall_foregaende_ar"),
            figure(row.forecast, "prognos_helar"),
            figure(row.target, "arsmal", "ändrat" if row.target_change else ""),
            figure(row.city_target, "kf_arsmal", "hela stadens" if row.of_the_city else ""),
            Cell(text=row.periodicity or "", mark="words"),
        ),
        detail=" ".join(indicator_remarks(row, decimals)),
    )


def _about(row: IndicatorRow) -> Iterator[str]:
    """Say of which unit an indicator is, and on what it is judged."""
    if row.unit:
        yield row.unit_name or row.unit
    if row.judged_on is not None:
        yield {"prognos": "bedömd på prognosen", "utfall": "bedömd på utfallet"}[row.judged_on]


def _activity(row: ActivityRow, *, with_goals: bool) -> ReportRow:
    deviates = row.state == "avviker"
    said = (row.deviation if deviates else None, row.analysis)
    return ReportRow(
        name=Cell(text=row.activity),
        cells=(
            *((Cell(text=row.goal or ""),) if with_goals else ()),
            date_cell(row.start),
            date_cell(row.end),
            Cell(text="", word="AVVIKELSE", mark="bevaka") if deviates else Cell(text=""),
        ),
        detail=" ".join(filter(None, said)),
    )
