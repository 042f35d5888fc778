"""The report's sick leave: the month in hours, and twelve months of it against the target."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from notifications.reports.month import Cell, ReportRow, ReportTable, RowKind, Section
from tasks.report.cells import (
    NOT_DELIVERED,
    absent,
    counted_name,
    kind_at,
    known,
    most_decimals,
    number_cell,
    percent_cell,
    until_words,
)
from tasks.rules.json_keys import Figure
from tasks.rules.organisation import UNIT
from tasks.rules.report.month_report import MonthReport
from tasks.rules.report.people import SickLeaveRow
from tasks.rules.report.signals import SignalRow
from tasks.rules.signals.watched import DEPARTMENT, EVERYBODY
from tasks.rules.swedish import counted, joined, number, percent, round_half_up
from tasks.rules.totals import sum_of_all

LENGTHS = ("Dag 1–14", "Dag 15–90", "Från dag 91")
TOTAL = "Totalt"
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
LEFT_OUT = (
    "En ändring sedan en tidigare version gäller så få anställda att den inte visas: "
    "de räknas som de gjorde då."
)


def sick_leave_section(report: MonthReport) -> Section:
    """Show the hours of sick leave in per cent of the ordinary hours: all together, then area by area."""
    title, month = "Sjukfrånvaro", report.month_of("sjukfranvaro").swedish.capitalize()
    if not report.sick_leave:
        return Section(title=title, sentences=(NOT_DELIVERED,))
    whole, *parts = report.sick_leave
    heads = ("Sjukperiodens längd", "Andel av ordinarie tid", "Frånvarotimmar")
    areas = tuple(_area_rows(whole, parts))
    is_withheld = any(row.is_hidden for row in report.sick_leave if row.level != UNIT)
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
            *([WHY_WITHHELD] if areas and is_withheld else []),
            *([LEFT_OUT] if report.sick_leave_left_out else []),
            *_from_before(report.sick_leave),
            "Andelen gäller månaden ensam, inte rullande tolv månader.",
        ),
    )


def place_section(report: MonthReport, code: str) -> Section | None:
    """Show a place's own sick leave, women's and men's beside; None where none was delivered for it."""
    by_sex = {(row.code, row.sex): row for row in report.sick_leave}
    own = by_sex.get((code, None))
    if own is None:
        return None
    month = report.month_of("sjukfranvaro").swedish.capitalize()
    row = _area_row(Cell(text=own.name or code), own, by_sex, "")
    heads: tuple[str, ...] = AREA_HEADS
    if not by_sex.keys() & {(code, "K"), (code, "M")}:  # of a unit the sexes aren't told
        heads, row = (*heads[:2], *heads[4:]), replace(row, cells=(row.cells[0], *row.cells[3:]))
    return Section(
        title="Sjukfrånvaro",
        sentences=_of_units(own),
        tables=(ReportTable(caption=f"{month}, andel av ordinarie tid", heads=heads, rows=(row,)),),
        notes=(*([WHY_WITHHELD] if own.is_hidden else []), *_from_before(report.sick_leave)),
    )


def _from_before(rows: Sequence[SickLeaveRow]) -> Iterator[str]:
    """Say which version told the rows that are told as they were."""
    versions = sorted({row.from_version for row in rows if row.from_version is not None})
    if versions:
        told = joined([number(version) for version in versions])
        yield f"Några uppgifter är kvar från version {told}: ändringen sedan dess skulle visa en liten grupp."


def _staff(row: SickLeaveRow) -> tuple[str, ...]:
    staff, ordinary = known(row.employees), known(row.ordinary)
    if staff is None or ordinary is None:
        return _of_units(row)
    people = counted(int(staff), "anställd", "anställda")
    return (f"{people} med {number(ordinary)} ordinarie timmar.", *_of_units(row))


def _of_units(row: SickLeaveRow) -> tuple[str, ...]:
    """Say how many units the hours are of, when it is not all."""
    if row.counted == row.of:
        return ()
    units = f"{number(row.counted)} av {counted(row.of, 'enhet', 'enheter')}"
    return (f"Timmarna gäller {units}: de andra saknar uppgifter.",)


def _span_rows(row: SickLeaveRow) -> Iterator[ReportRow]:
    """Show each span's hours and what they are of the ordinary hours (%); none without both."""
    unknown = absent(row.ordinary)

    def of_span(title: str, absences: Sequence[Figure], kind: RowKind = "") -> ReportRow:
        hours, share = _all_hours(absences), _share(row, absences)
        cells = (
            unknown if share is None else percent_cell(share),
            unknown if hours is None else number_cell(hours, decimals=0),
        )
        return ReportRow(name=Cell(text=title), cells=cells, kind=kind)

    yield from (of_span(title, (hours,)) for title, hours in zip(LENGTHS, row.absent, strict=True))
    yield of_span(TOTAL, row.absent, "total")


def _area_rows(whole: SickLeaveRow, parts: Sequence[SickLeaveRow]) -> Iterator[ReportRow]:
    """Show departments and areas, and last what they are together; nothing where there are none."""
    by_sex = {(row.code, row.sex): row for row in parts}
    depths: dict[str | None, int] = {}
    for row in parts:
        if row.level not in {None, UNIT} and row.sex is None:
            depths[row.code] = depths.get(row.parent, -1) + 1
            name = counted_name(row.name or "", row.counted, row.of, "enheter")
            yield _area_row(name, row, by_sex, kind_at(depths[row.code]))
    if depths:
        yield _area_row(Cell(text="Hela förvaltningen"), whole, by_sex, "total")


def _area_row(
    name: Cell, row: SickLeaveRow, by_sex: Mapping[tuple[str | None, str | None], SickLeaveRow], kind: RowKind
) -> ReportRow:
    women, men = by_sex.get((row.code, "K")), by_sex.get((row.code, "M"))
    shares = (_share_cell(people) for people in (row, women, men))
    spans = (_share_cell(row, (hours,)) for hours in row.absent)
    staff = number_cell(row.employees, hidden=WITHHELD)
    return ReportRow(name=name, cells=(*shares, *spans, staff), kind=kind)


def _share_cell(row: SickLeaveRow | None, absences: Sequence[Figure] | None = None) -> Cell:
    """Show hours absent, all where none are named, in per cent of the ordinary ones."""
    if row is None:
        return absent(None)
    share = _share(row, row.absent if absences is None else absences)
    return absent(row.ordinary, WITHHELD) if share is None else percent_cell(share)


def _share(row: SickLeaveRow, absences: Sequence[Figure]) -> Decimal | None:
    """Return hours absent in per cent of the ordinary hours of the same people."""
    hours, ordinary = _all_hours(absences), known(row.ordinary)
    return hours / ordinary * 100 if hours is not None and ordinary else None


def _all_hours(absences: Sequence[Figure]) -> Decimal | None:
    """Add up hours; where one is missing the sum is."""
    return sum_of_all(known(hours) for hours in absences)


def sick_leave_table(report: MonthReport) -> Iterator[ReportTable]:
    """Hold twelve months of each department against the target; nothing while no year is known."""
    places = [signal for signal in report.signals if signal.source == "sjukfranvaro"]
    whole = [place for place in places if place.scope == EVERYBODY and known(place.value) is not None]
    if not whole:
        return
    departments = [place for place in places if place.scope == DEPARTMENT]
    target = known(whole[0].compared)
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
        caption="Sjukfrånvaro de senaste tolv månaderna"
        f"{until_words(report, 'sjukfranvaro')}, andel av ordinarie tid",
        heads=heads,
        rows=(*(_year_row(place) for place in departments), _year_row(whole[0])),
    )


def _year_row(place: SignalRow) -> ReportRow:
    is_whole = place.scope == EVERYBODY
    return ReportRow(
        name=Cell(text="Hela förvaltningen" if is_whole else place.name),
        cells=(
            percent_cell(place.value, WITHHELD),
            _against_target(place),
            *(percent_cell(place.part(name), WITHHELD) for name in SICK_PARTS),
        ),
        kind="total" if is_whole else "",
    )


def _against_target(place: SignalRow) -> Cell:
    """Say the difference in percentage points by a word: `1,4 över`."""
    year, target = known(place.value), known(place.compared)
    if year is None or target is None:
        return absent(place.value if year is None else None, WITHHELD)
    difference = round_half_up(year - target, 1)
    if difference == 0:
        return Cell(text="i nivå")
    return Cell(text=f"{number(abs(difference), 1)} {'över' if difference > 0 else 'under'}")
