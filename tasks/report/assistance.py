"""The report's social assistance: the month's households and grants, and the year against its budget."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from notifications.reports.month import Cell, ReportRow, ReportTable, Section
from tasks.report.cells import (
    NOT_DELIVERED,
    Content,
    absent,
    change_cell,
    figure_cell,
    in_mnkr,
    known,
    mnkr_cell,
    number_cell,
    part,
    quiet,
    result_cell,
)
from tasks.rules.periods import Period
from tasks.rules.report.month_report import HIDDEN
from tasks.rules.signals import assistance_month
from tasks.rules.signals.assistance_month import (
    ADULTS,
    CHILDREN,
    HOUSEHOLDS,
    SO_FAR,
    TITLES,
    YEAR_MEAN,
    YOUNG,
)
from tasks.rules.signals.assistance_watch import CHANGE, FORECAST
from tasks.rules.swedish import number, round_half_up

SPANS = ("", SO_FAR, YEAR_MEAN)
FEW = "färre än 5"
COMPARED = {CHANGE, *TITLES.values()}


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


def assistance_section(content: Content) -> Section:
    """Show the month's households and grants beside their means and the whole city's."""
    title, month = "Ekonomiskt bistånd", Period.parse(content["period"]).swedish.capitalize()
    if not content["bistand"]:
        return Section(title=title, sentences=(NOT_DELIVERED,))
    heads = ("Mått", month, "Snitt hittills i år", "Snitt förra året")
    tables = (
        ReportTable(caption="Hushåll, personer och bidrag", heads=heads, rows=tuple(_assistance(row)))
        for row in content["bistand"]
    )
    return Section(title=title, tables=tuple(tables))


def _assistance(row: Content) -> Iterator[ReportRow]:
    for place, in_place in (("", ""), ("_staden", ", hela staden")):
        for measure in ASSISTANCE:
            values = [row.get(f"{measure.column}{place}{span}") for span in SPANS]
            if (measure.always and not place) or any(value is not None for value in values):
                month, *means = (measure.cell(value) for value in values)
                if values[0] == HIDDEN and _is_few(row, measure.column, place):
                    month = quiet(FEW)
                yield ReportRow(name=Cell(text=f"{measure.title}{in_place}"), cells=(month, *means))


def _is_few(row: Content, column: str, place: str) -> bool:
    """Tell whether a hidden count is few itself: others may be hidden for what would follow from them."""
    is_beside_many = known(row.get(f"{HOUSEHOLDS}{place}")) is not None
    return column == HOUSEHOLDS or (column in {ADULTS, CHILDREN} and is_beside_many)


def assistance_tables(signals: Sequence[Content], period: Period) -> Iterator[ReportTable]:
    """Hold the month of social assistance against last year and the city, and its year against budget."""
    found = [each for each in signals if each["kalla"] == "bistand"]
    compared = {each["indikator"]: each for each in found if each["indikator"] in TITLES.values()}
    if compared:
        yield ReportTable(
            caption="Ekonomiskt bistånd mot förra årets snitt",
            heads=("Mått", period.swedish.capitalize(), "Förra årets snitt", "Förändring", "I hela staden"),
            rows=tuple(
                _compared(compared[title], _is_changed(found))
                for title in TITLES.values()
                if title in compared
            ),
        )
    forecasts = [each for each in found if each["indikator"] == FORECAST and each["varde"] is not None]
    yield ReportTable(
        caption=f"Ekonomiskt bistånd, helår {period.year}, mnkr",
        heads=(
            "Hushåll × bidrag",
            "Budget",
            "Prognos",
            "Avvikelse",
            "Av antal hushåll",
            "Av bidrag per hushåll",
        ),
        rows=tuple(_forecast(each) for each in forecasts),
    )


def _compared(each: Content, households: str) -> ReportRow:
    return ReportRow(
        name=Cell(text=each["indikator"]),
        cells=(
            figure_cell(each, each["varde"]),
            figure_cell(each, each["jamforelse"]),
            change_cell(each, part(each, "forandring_procent")),
            change_cell(each, part(each, "staden_forandring_procent")),
        ),
        detail=households if each["indikator"] == TITLES[assistance_month.HOUSEHOLDS] else "",
    )


def _is_changed(signals: Sequence[Content]) -> str:
    """Say whether the households have changed by more than chance; nothing where that is hidden."""
    shown = [each for each in signals if each["indikator"] == CHANGE and each["mening"] != HIDDEN]
    return " ".join(f"{each['mening']} {each['regel']}" for each in shown)


def _forecast(each: Content) -> ReportRow:
    is_hidden = each["mening"] == HIDDEN
    return ReportRow(
        name=Cell(text="Helårsprognos"),
        cells=(
            mnkr_cell(each["jamforelse"]),
            mnkr_cell(each["varde"]),
            result_cell(part(each, "avvikelse")),
            _cost_cell(part(each, "volymeffekt")),
            _cost_cell(part(each, "priseffekt")),
        ),
        detail="" if is_hidden else each["mening"],
    )


def _cost_cell(value: Any) -> Cell:
    """Say what an effect (kr, + is more cost) does, without a sign: `2,1 högre`."""
    kr = known(value)
    if kr is None:
        return absent(value)
    if round_half_up(kr.scaleb(-6), 1) == 0:
        return Cell(text="oförändrat")
    return Cell(text=f"{in_mnkr(abs(kr))} {'högre' if kr > 0 else 'lägre'}")
