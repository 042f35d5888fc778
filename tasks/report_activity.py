"""The report's sections about people: social assistance, sick leave, indicators."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from notifications.reports.month import Cell, Row, Section, Table
from tasks.report_cells import (
    NOT_DELIVERED,
    Content,
    absent,
    known,
    mnkr_cell,
    most_decimals,
    number_cell,
)
from tasks.rules.month_report import HIDDEN
from tasks.rules.periods import Period
from tasks.rules.swedish import counted, number, percent

SPANS = ("", "_snitt_hittills", "_snitt_foregaende_ar")
FEW = "färre än 5"


class Measure(NamedTuple):
    """What is told of social assistance, and how its figures are shown."""

    column: str
    title: str
    cell: Callable[[Any], Cell]
    always: bool = False


def _people(value: Any) -> Cell:
    return number_cell(value, hidden=FEW)


def _kronor(value: Any) -> Cell:
    kr = known(value)
    return absent(value) if kr is None else Cell(text=number(kr))


ASSISTANCE = (
    Measure("hushall", "Hushåll", _people, always=True),
    Measure("medelbidrag", "Medelbidrag per hushåll, kronor", _kronor, always=True),
    Measure("utbetalt", "Utbetalt, mnkr", mnkr_cell),
    Measure("vuxna", "Vuxna", number_cell),
    Measure("barn", "Barn", number_cell),
    Measure("unga_18_24", "Unga 18–24 år", number_cell),
)

ABSENCES = (
    ("Dag 1–14", ("franvarotimmar_1_14",)),
    ("Dag 15–90", ("franvarotimmar_15_90",)),
    ("Från dag 91", ("franvarotimmar_91",)),
    ("Totalt", ("franvarotimmar_1_14", "franvarotimmar_15_90", "franvarotimmar_91")),
)


def assistance_section(content: Content) -> Section:
    """Show the month's households and grants beside their means and the whole city's."""
    title, month = "Ekonomiskt bistånd", Period.parse(content["period"]).swedish.capitalize()
    if not content["bistand"]:
        return Section(title=title, sentences=(NOT_DELIVERED,))
    heads = ("Mått", month, "Snitt hittills i år", "Snitt förra året")
    tables = (
        Table(caption="Hushåll, personer och bidrag", heads=heads, rows=tuple(_assistance(row)))
        for row in content["bistand"]
    )
    return Section(title=title, tables=tuple(tables))


def sick_leave_section(content: Content) -> Section:
    """Show the hours of sick leave in per cent of the ordinary hours, the whole administration together."""
    title, month = "Sjukfrånvaro", Period.parse(content["period"]).swedish.capitalize()
    if not content["sjukfranvaro"]:
        return Section(title=title, sentences=(NOT_DELIVERED,))
    heads = ("Sjukperiodens längd", "Andel av ordinarie tid", "Frånvarotimmar")
    tables = (
        Table(caption=f"{month}, hela förvaltningen", heads=heads, rows=tuple(_sick_leave(row)))
        for row in content["sjukfranvaro"]
    )
    return Section(
        title=title,
        sentences=_staff(content["sjukfranvaro"]),
        tables=tuple(tables),
        notes=("Andelen gäller månaden ensam, inte rullande tolv månader.",),
    )


def indicators_section(content: Content) -> Section:
    """Show the indicators beside the targets as they were published."""
    if not content["indikatorer"]:
        return Section(title="Indikatorer", sentences=(NOT_DELIVERED,))
    heads = ("Indikator", "Utfall", "Förra året", "Prognos helår", "Årsmål", "Kommun\u00adfullmäktiges mål")
    rows = tuple(_indicator(row) for row in content["indikatorer"])
    return Section(title="Indikatorer", tables=(Table(caption="Utfall och mål", heads=heads, rows=rows),))


def _assistance(row: Content) -> Iterator[Row]:
    for place, in_place in (("", ""), ("_staden", ", hela staden")):
        for measure in ASSISTANCE:
            values = [row.get(f"{measure.column}{place}{span}") for span in SPANS]
            if (measure.always and not place) or any(value is not None for value in values):
                cells = tuple(measure.cell(value) for value in values)
                yield Row(name=Cell(text=f"{measure.title}{in_place}"), cells=cells)


def _sick_leave(row: Content) -> Iterator[Row]:
    """Show each span's hours and what they are of the ordinary hours (%); none without both."""
    ordinary = known(row.get("ordinarie_timmar"))
    unknown = absent(HIDDEN if HIDDEN in row.values() else None)
    for title, columns in ABSENCES:
        hours = _all_hours(row, columns)
        share = Cell(text=percent(hours / ordinary * 100)) if hours is not None and ordinary else unknown
        absence = unknown if hours is None else Cell(text=number(hours))
        yield Row(name=Cell(text=title), cells=(share, absence), kind="total" if title == "Totalt" else "")


def _all_hours(row: Content, columns: Sequence[str]) -> Decimal | None:
    """Add up columns of hours; where one is missing the sum is."""
    hours = [hour for column in columns if (hour := known(row.get(column))) is not None]
    return sum(hours, Decimal(0)) if len(hours) == len(columns) else None


def _staff(rows: Sequence[Content]) -> tuple[str, ...]:
    staff, ordinary = known(rows[0].get("anstallda")), known(rows[0].get("ordinarie_timmar"))
    if staff is None or ordinary is None:
        return _units(rows[0])
    people = counted(int(staff), "anställd", "anställda")
    return (f"{people} med {number(ordinary)} ordinarie timmar.", *_units(rows[0]))


def _units(row: Content) -> tuple[str, ...]:
    """Say how many units the hours are of, when it is not all."""
    if row["antal"] == row["av"]:
        return ()
    units = f"{number(row['antal'])} av {counted(row['av'], 'enhet', 'enheter')}"
    return (f"Timmarna gäller {units}: de andra saknar uppgifter.",)


def _indicator(row: Content) -> Row:
    """Show an indicator; all its figures have the decimals of the finest one."""
    names = ("utfall", "utfall_foregaende_ar", "utfall_kvinnor", "utfall_man")
    outcome, before, women, men = (known(row.get(name)) for name in names)
    decimals = most_decimals(outcome, before, women, men)
    shown = number_cell(row.get("utfall"), decimals=decimals)
    if women is not None and men is not None:
        shown = replace(shown, note=f"kvinnor {number(women, decimals)}, män {number(men, decimals)}")
    targets = (number_cell(row.get(name)) for name in ("prognos_helar", "arsmal", "kf_arsmal"))
    often = row.get("periodicitet")
    return Row(
        name=Cell(text=row["indikator"], note=f"mäts per {often}" if often else ""),
        cells=(shown, number_cell(row.get("utfall_foregaende_ar"), decimals=decimals), *targets),
    )
