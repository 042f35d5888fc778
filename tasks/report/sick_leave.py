"""The report's sick leave: the month in hours, and twelve months of it against the target."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from notifications.reports.month import Cell, ReportRow, ReportTable, RowKind, Section
from tasks.report.cells import (
    NOT_DELIVERED,
    Content,
    absent,
    counted_name,
    kind_at,
    known,
    most_decimals,
    number_cell,
    part,
)
from tasks.rules.organisation import UNIT
from tasks.rules.periods import Period
from tasks.rules.report.month_report import HIDDEN
from tasks.rules.signals.watched import DEPARTMENT, EVERYBODY
from tasks.rules.swedish import counted, number, percent, round_half_up

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
SICK_PARTS = ("kvinnor", "man", "dag_1_14", "dag_15_90", "fran_dag_91")
WITHHELD = "visas inte"
WHY_WITHHELD = (
    f"”{WITHHELD.capitalize()}”: gruppen har för få anställda, "
    "eller så skulle en så liten grupp gå att räkna fram ur de andra."
)


def sick_leave_section(content: Content) -> Section:
    """Show the hours of sick leave in per cent of the ordinary hours: all together, then area by area."""
    title, month = "Sjukfrånvaro", Period.parse(content["period"]).swedish.capitalize()
    if not content["sjukfranvaro"]:
        return Section(title=title, sentences=(NOT_DELIVERED,))
    whole, *parts = content["sjukfranvaro"]
    heads = ("Sjukperiodens längd", "Andel av ordinarie tid", "Frånvarotimmar")
    areas = tuple(_area_rows(whole, parts))
    is_withheld = any(cell.text == WITHHELD for row in areas for cell in row.cells)
    return Section(
        title=title,
        sentences=_staff(whole),
        tables=(
            ReportTable(caption=f"{month}, hela förvaltningen", heads=heads, rows=tuple(_span_rows(whole))),
            ReportTable(
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


def _staff(row: Content) -> tuple[str, ...]:
    staff, ordinary = known(row.get("anstallda")), known(row.get("ordinarie_timmar"))
    if staff is None or ordinary is None:
        return _of_units(row)
    people = counted(int(staff), "anställd", "anställda")
    return (f"{people} med {number(ordinary)} ordinarie timmar.", *_of_units(row))


def _of_units(row: Content) -> tuple[str, ...]:
    """Say how many units the hours are of, when it is not all."""
    if row["antal"] == row["av"]:
        return ()
    units = f"{number(row['antal'])} av {counted(row['av'], 'enhet', 'enheter')}"
    return (f"Timmarna gäller {units}: de andra saknar uppgifter.",)


def _span_rows(row: Content) -> Iterator[ReportRow]:
    """Show each span's hours and what they are of the ordinary hours (%); none without both."""
    unknown = absent(HIDDEN if HIDDEN in row.values() else None)
    for title, columns in ABSENCES.items():
        hours, share = _all_hours(row, columns), _share(row, columns)
        cells = (
            unknown if share is None else Cell(text=percent(share)),
            unknown if hours is None else Cell(text=number(hours)),
        )
        yield ReportRow(name=Cell(text=title), cells=cells, kind="total" if title == "Totalt" else "")


def _area_rows(whole: Content, parts: Sequence[Content]) -> Iterator[ReportRow]:
    """Show departments and areas, and last what they are together; nothing where there are none."""
    by_sex = {(row["enhet"], row["kon"]): row for row in parts}
    depths: dict[str, int] = {}
    for row in parts:
        if row["niva"] not in {None, UNIT} and row["kon"] is None:
            depths[row["enhet"]] = depths.get(row["overordnad"], -1) + 1
            yield _area_row(
                counted_name(row["namn"], row, "enheter"), row, by_sex, kind_at(depths[row["enhet"]])
            )
    if depths:
        yield _area_row(Cell(text="Hela förvaltningen"), whole, by_sex, "total")


def _area_row(
    name: Cell, row: Content, by_sex: Mapping[tuple[str | None, str], Content], kind: RowKind
) -> ReportRow:
    women, men = (by_sex.get((row["enhet"], sex), {}) for sex in "KM")
    shares = (_share_cell(each, ABSENCES["Totalt"]) for each in (row, women, men))
    spans = (_share_cell(row, columns) for title, columns in ABSENCES.items() if title != "Totalt")
    staff = number_cell(row["anstallda"], hidden=WITHHELD)
    return ReportRow(name=name, cells=(*shares, *spans, staff), kind=kind)


def _share_cell(row: Content, columns: Sequence[str]) -> Cell:
    share = _share(row, columns)
    return absent(row.get("ordinarie_timmar"), WITHHELD) if share is None else Cell(text=percent(share))


def _share(row: Content, columns: Sequence[str]) -> Decimal | None:
    """Return hours absent in per cent of the ordinary hours of the same people."""
    hours, ordinary = _all_hours(row, columns), known(row.get("ordinarie_timmar"))
    return hours / ordinary * 100 if hours is not None and ordinary else None


def _all_hours(row: Content, columns: Sequence[str]) -> Decimal | None:
    """Add up columns of hours; where one is missing the sum is."""
    hours = [hour for column in columns if (hour := known(row.get(column))) is not None]
    return sum(hours, Decimal(0)) if len(hours) == len(columns) else None


def sick_leave_table(signals: Sequence[Content]) -> Iterator[ReportTable]:
    """Hold twelve months of each department against the target; nothing while no year is known."""
    places = [each for each in signals if each["kalla"] == "sjukfranvaro"]
    whole = [each for each in places if each["grupp"] == EVERYBODY and known(each["varde"]) is not None]
    if not whole:
        return
    departments = [each for each in places if each["grupp"] == DEPARTMENT]
    target = known(whole[0]["jamforelse"])
    goal = "" if target is None else f" {percent(target, max(1, most_decimals(target)))}"
    heads = (
        "Avdelning",
        "Tolv månader",
        f"Mot årsmålet{goal}",
        "Kvinnor",
        "Män",
        "Dag 1–14",
        "Dag 15–90",
        "Från dag 91",
    )
    yield ReportTable(
        caption="Sjukfrånvaro de senaste tolv månaderna, andel av ordinarie tid",
        heads=heads,
        rows=(*(_year_row(each) for each in departments), _year_row(whole[0])),
    )


def _year_row(place: Content) -> ReportRow:
    is_whole = place["grupp"] == EVERYBODY
    return ReportRow(
        name=Cell(text="Hela förvaltningen" if is_whole else place["namn"]),
        cells=(
            _percent_cell(place["varde"]),
            _against_target(place),
            *(_percent_cell(part(place, name)) for name in SICK_PARTS),
        ),
        kind="total" if is_whole else "",
    )


def _percent_cell(value: Any) -> Cell:
    share = known(value)
    return absent(value, WITHHELD) if share is None else Cell(text=percent(share))


def _against_target(place: Content) -> Cell:
    """Say the difference in percentage points by a word: `1,4 över`."""
    year, target = known(place["varde"]), known(place["jamforelse"])
    if year is None or target is None:
        return absent(place["varde"] if year is None else None, WITHHELD)
    difference = round_half_up(year - target, 1)
    if difference == 0:
        return Cell(text="i nivå")
    return Cell(text=f"{number(abs(difference), 1)} {'över' if difference > 0 else 'under'}")
