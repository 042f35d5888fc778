"""The report's sections about people: social assistance, sick leave, indicators."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from notifications.reports.month import Cell, Row, Section, Table
from tasks.report.cells import (
    NOT_DELIVERED,
    Content,
    absent,
    counted_name,
    known,
    mnkr_cell,
    most_decimals,
    number_cell,
    quiet,
)
from tasks.rules.organisation import UNIT
from tasks.rules.periods import Period
from tasks.rules.report.month_report import HIDDEN
from tasks.rules.signals.few_households import ADULTS, CHILDREN, HOUSEHOLDS, LAST_YEAR, SO_FAR, YOUNG
from tasks.rules.swedish import counted, number, percent

SPANS = ("", SO_FAR, LAST_YEAR)
FEW = "färre än 5"


class Measure(NamedTuple):
    """What is told of social assistance, and how its figures are shown."""

    column: str
    title: str
    cell: Callable[[Any], Cell]
    always: bool = False


def _kronor(value: Any) -> Cell:
    kr = known(value)
    return absent(value) if kr is None else Cell(text=number(kr))


ASSISTANCE = (
    Measure(HOUSEHOLDS, "Hushåll", number_cell, always=True),
    Measure("medelbidrag", "Medelbidrag per hushåll, kronor", _kronor, always=True),
    Measure("utbetalt", "Utbetalt, mnkr", mnkr_cell),
    Measure(ADULTS, "Vuxna", number_cell),
    Measure(CHILDREN, "Barn", number_cell),
    Measure(YOUNG, "Unga 18–24 år", number_cell),
)

ABSENCES = {
    "Dag 1–14": ("franvarotimmar_1_14",),
    "Dag 15–90": ("franvarotimmar_15_90",),
    "Från dag 91": ("franvarotimmar_91",),
    "Totalt": ("franvarotimmar_1_14", "franvarotimmar_15_90", "franvarotimmar_91"),
}
AREA_HEADS = (
    "Avdelning och område",
    "Totalt",
    "Kvinnor",
    "Män",
    "Dag 1–14",
    "Dag 15–90",
    "Från dag 91",
    "Anställda",
)
Kind = Literal["", "part", "subpart", "total"]
DEPTHS: tuple[Kind, ...] = ("", "part", "subpart")
WITHHELD = "visas inte"
WHY_WITHHELD = (
    f"”{WITHHELD.capitalize()}”: gruppen har för få anställda, "
    "eller så skulle en så liten grupp gå att räkna fram ur de andra."
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
    """Show the hours of sick leave in per cent of the ordinary hours: all together, then area by area."""
    title, month = "Sjukfrånvaro", Period.parse(content["period"]).swedish.capitalize()
    if not content["sjukfranvaro"]:
        return Section(title=title, sentences=(NOT_DELIVERED,))
    whole, *parts = content["sjukfranvaro"]
    heads = ("Sjukperiodens längd", "Andel av ordinarie tid", "Frånvarotimmar")
    areas = tuple(_areas(whole, parts))
    is_withheld = any(cell.text == WITHHELD for row in areas for cell in row.cells)
    return Section(
        title=title,
        sentences=_staff(whole),
        tables=(
            Table(caption=f"{month}, hela förvaltningen", heads=heads, rows=tuple(_sick_leave(whole))),
            Table(
                caption=f"{month}, andel av ordinarie tid per avdelning och område",
                heads=AREA_HEADS,
                rows=areas,
            ),
        ),
        notes=(
            *([WHY_WITHHELD] if is_withheld else []),
            "Andelen gäller månaden ensam, inte rullande tolv månader.",
        ),
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
                month, *means = (measure.cell(value) for value in values)
                if values[0] == HIDDEN and _is_few(row, measure.column, place):
                    month = quiet(FEW)
                yield Row(name=Cell(text=f"{measure.title}{in_place}"), cells=(month, *means))


def _is_few(row: Content, column: str, place: str) -> bool:
    """Tell whether a hidden count is few itself: others may be hidden for what would follow from them."""
    is_beside_many = known(row.get(f"{HOUSEHOLDS}{place}")) is not None
    return column == HOUSEHOLDS or (column in {ADULTS, CHILDREN} and is_beside_many)


def _sick_leave(row: Content) -> Iterator[Row]:
    """Show each span's hours and what they are of the ordinary hours (%); none without both."""
    unknown = absent(HIDDEN if HIDDEN in row.values() else None)
    for title, columns in ABSENCES.items():
        hours, share = _all_hours(row, columns), _share(row, columns)
        cells = (
            unknown if share is None else Cell(text=percent(share)),
            unknown if hours is None else Cell(text=number(hours)),
        )
        yield Row(name=Cell(text=title), cells=cells, kind="total" if title == "Totalt" else "")


def _share(row: Content, columns: Sequence[str]) -> Decimal | None:
    """Return hours absent in per cent of the ordinary hours of the same people."""
    hours, ordinary = _all_hours(row, columns), known(row.get("ordinarie_timmar"))
    return hours / ordinary * 100 if hours is not None and ordinary else None


def _all_hours(row: Content, columns: Sequence[str]) -> Decimal | None:
    """Add up columns of hours; where one is missing the sum is."""
    hours = [hour for column in columns if (hour := known(row.get(column))) is not None]
    return sum(hours, Decimal(0)) if len(hours) == len(columns) else None


def _areas(whole: Content, parts: Sequence[Content]) -> Iterator[Row]:
    """Show departments and areas, and last what they are together; nothing where there are none."""
    by_sex = {(row["enhet"], row["kon"]): row for row in parts}
    depths: dict[str, int] = {}
    for row in parts:
        if row["niva"] not in {None, UNIT} and row["kon"] is None:
            depths[row["enhet"]] = depths.get(row["overordnad"], -1) + 1
            kind = DEPTHS[min(depths[row["enhet"]], len(DEPTHS) - 1)]
            yield _area(counted_name(row["namn"], row, "enheter"), row, by_sex, kind)
    if depths:
        yield _area(Cell(text="Hela förvaltningen"), whole, by_sex, "total")


def _area(name: Cell, row: Content, by_sex: Mapping[tuple[str | None, str], Content], kind: Kind) -> Row:
    women, men = (by_sex.get((row["enhet"], sex), {}) for sex in "KM")
    shares = (_share_cell(each, ABSENCES["Totalt"]) for each in (row, women, men))
    spans = (_share_cell(row, columns) for title, columns in ABSENCES.items() if title != "Totalt")
    staff = number_cell(row["anstallda"], hidden=WITHHELD)
    return Row(name=name, cells=(*shares, *spans, staff), kind=kind)


def _share_cell(row: Content, columns: Sequence[str]) -> Cell:
    share = _share(row, columns)
    return absent(row.get("ordinarie_timmar"), WITHHELD) if share is None else Cell(text=percent(share))


def _staff(row: Content) -> tuple[str, ...]:
    staff, ordinary = known(row.get("anstallda")), known(row.get("ordinarie_timmar"))
    if staff is None or ordinary is None:
        return _units(row)
    people = counted(int(staff), "anställd", "anställda")
    return (f"{people} med {number(ordinary)} ordinarie timmar.", *_units(row))


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
