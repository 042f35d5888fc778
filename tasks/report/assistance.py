"""The report's social assistance: the month's households and grants, and the year against its budget."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from notifications.reports.month import Cell, ReportRow, ReportTable, Section
from tasks.report.cells import (
    NOT_DELIVERED,
    absent,
    change_cell,
    figure_cell,
    known,
    mean_so_far,
    mnkr_cell,
    number_cell,
    quiet,
    result_cell,
    same_months,
    until_words,
)
from tasks.rules.json_keys import HIDDEN, Figure
from tasks.rules.report.month_report import MonthReport
from tasks.rules.report.people import AssistanceRow
from tasks.rules.report.signals import SignalRow
from tasks.rules.signals.assistance_month import (
    ADULTS,
    CHILDREN,
    HOUSEHOLDS,
    SO_FAR,
    TITLES,
    YEAR_MEAN,
    YOUNG,
)
from tasks.rules.swedish import number
from tasks.rules.wording import board_size, is_nothing

SPANS = ("", SO_FAR, YEAR_MEAN)
FEW = "färre än 5"
LEFT_OUT = (
    "En ändring sedan en tidigare version gäller så få hushåll eller personer att den inte visas: "
    "månaden står som den gjorde då."
)
COMPARED = {"forandring", *TITLES}


class AssistanceMeasure(NamedTuple):
    """What is told of social assistance, and how its figures are shown."""

    column: str
    title: str
    cell: Callable[[Figure], Cell]
    always: bool = False


def _kronor(value: Figure) -> Cell:
    kr = known(value)
    return absent(value) if kr is None else Cell(text=number(kr), kind="kr", value=kr)


ASSISTANCE = (
    AssistanceMeasure(HOUSEHOLDS, "Hushåll", number_cell, always=True),
    AssistanceMeasure("medelbidrag", "Medelbidrag per hushåll, kronor", _kronor, always=True),
    AssistanceMeasure("utbetalt", "Utbetalt, mnkr", mnkr_cell),
    AssistanceMeasure(ADULTS, "Vuxna", number_cell),
    AssistanceMeasure(CHILDREN, "Barn", number_cell),
    AssistanceMeasure(YOUNG, "Unga 18–24 år", number_cell),
)


def assistance_section(report: MonthReport) -> Section:
    """Show the month's households and grants beside their means and the whole city's."""
    title, period = "Ekonomiskt bistånd", report.month_of("bistand")
    if not report.assistance:
        return Section(title=title, sentences=(NOT_DELIVERED,))
    so_far, last_year = mean_so_far(report, "bistand"), f"Snitt {same_months(period)}"
    heads = ("Mått", period.swedish.capitalize(), so_far, last_year)
    tables = (
        ReportTable(
            caption="Hushåll, personer och bidrag",
            heads=heads,
            rows=tuple(_assistance(row, is_changed=report.assistance_left_out is True)),
        )
        for row in report.assistance
    )
    return Section(title=title, tables=tuple(tables), notes=(LEFT_OUT,) if report.assistance_left_out else ())


def _assistance(row: AssistanceRow, *, is_changed: bool) -> Iterator[ReportRow]:
    for place, in_place in (("", ""), ("_staden", ", hela staden")):
        for measure in ASSISTANCE:
            values = [row.figures.get(f"{measure.column}{place}{span}") for span in SPANS]
            if (measure.always and not place) or any(value is not None for value in values):
                month, *means = (measure.cell(value) for value in values)
                if values[0] == HIDDEN and _is_few(row, measure.column, place, is_changed=is_changed):
                    month = quiet(FEW)
                yield ReportRow(name=Cell(text=f"{measure.title}{in_place}"), cells=(month, *means))


def _is_few(row: AssistanceRow, column: str, place: str, *, is_changed: bool) -> bool:
    """Tell whether a hidden count is few itself: others may be hidden for what would follow from them.

    is_changed: so it may be with what an earlier version told.
    """
    is_beside_many = not is_changed and known(row.figures.get(f"{HOUSEHOLDS}{place}")) is not None
    return column == HOUSEHOLDS or (column in {ADULTS, CHILDREN} and is_beside_many)


def assistance_tables(report: MonthReport) -> Iterator[ReportTable]:
    """Hold the month of social assistance against last year and the city, and its year against budget."""
    period, until = report.month_of("bistand"), until_words(report, "bistand")
    of_assistance = [signal for signal in report.signals if signal.source == "bistand"]
    compared = {signal.series_code: signal for signal in of_assistance if signal.series_code in TITLES}
    if compared:
        yield ReportTable(
            caption="Ekonomiskt bistånd mot samma månader förra året",
            heads=(
                "Mått",
                period.swedish.capitalize(),
                f"Snitt {same_months(period)}",
                "Förändring",
                "I hela staden",
            ),
            rows=tuple(
                _compared(compared[measure], _is_changed(of_assistance))
                for measure in TITLES
                if measure in compared
            ),
        )
    forecasts = [
        signal for signal in of_assistance if signal.series_code == "helar" and signal.value is not None
    ]
    yield ReportTable(
        caption=f"Ekonomiskt bistånd, helår {period.year}, mnkr{f', räknat{until}' if until else ''}",
        heads=(
            "Hushåll × bidrag",
            "Budget",
            "Prognos",
            "Avvikelse",
            "Av antal hushåll",
            "Av bidrag per hushåll",
        ),
        rows=tuple(_forecast(signal) for signal in forecasts),
    )


def _compared(signal: SignalRow, households: str) -> ReportRow:
    return ReportRow(
        name=Cell(text=signal.indicator),
        cells=(
            figure_cell(signal, signal.value),
            figure_cell(signal, signal.compared),
            change_cell(signal, signal.part("forandring_procent")),
            change_cell(signal, signal.part("staden_forandring_procent")),
        ),
        detail=households if signal.series_code == HOUSEHOLDS else "",
    )


def _is_changed(signals: Sequence[SignalRow]) -> str:
    """Say whether the households have changed by more than chance; nothing where that is hidden."""
    shown = [signal for signal in signals if signal.series_code == "forandring" and not signal.is_hidden]
    return " ".join(f"{signal.sentence} {signal.rule}" for signal in shown)


def _forecast(signal: SignalRow) -> ReportRow:
    return ReportRow(
        name=Cell(text="Helårsprognos"),
        cells=(
            mnkr_cell(signal.compared),
            mnkr_cell(signal.value),
            result_cell(signal.part("avvikelse")),
            _cost_cell(signal.part("volymeffekt")),
            _cost_cell(signal.part("priseffekt")),
        ),
        detail="" if signal.is_hidden else signal.sentence,
    )


def _cost_cell(value: Figure) -> Cell:
    """Say what an effect (kr, + is more cost) does, without a sign: `2,1 högre`."""
    kr = known(value)
    if kr is None:
        return absent(value)
    if is_nothing(kr):
        return Cell(text="oförändrat")
    return Cell(text=f"{board_size(abs(kr))} {'högre' if kr > 0 else 'lägre'}")
