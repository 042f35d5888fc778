"""The report's sections on how near forecasts came: of earlier years, and of old years tried anew."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from notifications.reports.month import Cell, Chart, ChartLine, ChartText, ReportRow, ReportTable, Section
from tasks.report.cells import percent_cell, quiet
from tasks.rules.assessment.backtest import RULE, RUN_RATE, Alarms
from tasks.rules.assessment.forecast_accuracy import BOARD, AccuracyRow, Forecaster
from tasks.rules.organisation import UNIT
from tasks.rules.periods import MONTH_NAMES
from tasks.rules.report.line_chart import HEIGHT, WIDTH, LineChart, Point, line_chart
from tasks.rules.report.month_figures import Tried
from tasks.rules.report.month_report import MonthReport
from tasks.rules.state_words import forecaster_words
from tasks.rules.swedish import MISSING, counted, date_words, number, percent

FORECASTERS: Mapping[Forecaster, str] = {
    "regeln": "Regelns prognos",
    "chefen": "Enheternas egna",
    "takt": "Rak framskrivning",
}
NOT_MEASURED = "Inget tidigare år har helt utfall att mäta prognoser mot."
NOTES = (
    "Skillnaden räknas på summan av enheternas prognoser och utfall. Nämndens mål är högst 1 %.",
    "Rak framskrivning: utfallet till och med augusti, delat med åtta och gånger tolv.",
)
MID_YEAR = 6
ErrorsByMonth = Mapping[str, Sequence[float | None]]
"""Errors (%) by way of forecasting and month closed (1–11)."""
TRIED_NOTE = (
    "Felet är skillnaden mellan årsprognosen och årets utfall, utan tecken, i procent av utfallet. "
    "Varje månad är räknad på det som var känt då."
)


def accuracy_of_years(rows: Sequence[AccuracyRow]) -> Section | None:
    """Show how near each forecaster came of one place, year by year, the newest first; None without any."""
    if not rows:
        return None
    newest_first = sorted(rows, key=lambda row: -row.year)
    lines = [replace(_line(row), name=Cell(text=str(row.year))) for row in newest_first]
    return Section(title="Prognossäkerhet, tertialrapport 2", tables=(_table("År", lines),), notes=NOTES)


def _table(first_head: str, lines: Sequence[ReportRow]) -> ReportTable:
    return ReportTable(
        caption="Skillnad mellan prognos och utfall, procent av utfallet",
        heads=(first_head, *FORECASTERS.values()),
        rows=tuple(lines),
    )


def accuracy_section(report: MonthReport) -> Section:
    """Show the newest measured year: what each forecaster said in August against how the year ended."""
    rows = [row for row in report.accuracy if row.level != UNIT]
    if not rows:
        return Section(title="Prognossäkerhet", sentences=(NOT_MEASURED,))
    year = max(row.year for row in rows)
    of_year = [row for row in rows if row.year == year]
    lines = sorted(of_year, key=lambda row: row.level == BOARD)
    return Section(
        title=f"Prognossäkerhet, tertialrapport 2 {year}",
        tables=(_table("Område", [_line(row) for row in lines]),),
        notes=NOTES,
    )


def _line(row: AccuracyRow) -> ReportRow:
    is_board = row.level == BOARD
    return ReportRow(
        name=Cell(text=row.name),
        cells=tuple(_error(row, who) for who in FORECASTERS),
        kind="total" if is_board else "",
    )


def _error(row: AccuracyRow, who: Forecaster) -> Cell:
    """Show an error, whether it is within the board's target, and of how many units when not of all."""
    error = row.errors[who]
    if error is None:
        return quiet(MISSING)
    notes = [*_target(row.within[who]), *_gap(row, who), *_remedied(row.remedied[who])]
    return replace(percent_cell(error), note=", ".join(notes))


def _target(is_within: bool | None) -> list[str]:
    return ["inom målet"] if is_within else []


def _gap(row: AccuracyRow, who: Forecaster) -> list[str]:
    gap = f"{number(row.counted[who])} av {counted(row.of, 'enhet', 'enheter')}"
    return [gap] if row.counted[who] < row.of else []


def _remedied(count: int) -> list[str]:
    return [f"{counted(count, 'åtgärdad enhet', 'åtgärdade enheter')}"] if count else []


def backtest_section(report: MonthReport) -> Section | None:
    """Show the errors by month beside other ways to forecast; nothing when no old years have been tried."""
    tried = report.tried
    if tried is None:
        return None
    errors = {
        name: by_month
        for name, by_month in tried.errors.items()
        if any(value is not None for value in by_month)
    }
    return Section(
        title="Hur bra prognosen har varit på gamla år",
        sentences=(_tried(tried), *_stays(tried), *_alarms(tried.alarms), *_intervals(tried)),
        charts=(_chart(errors),) if errors else (),
        notes=(TRIED_NOTE,),
    )


def _tried(tried: Tried) -> str:
    first, last = tried.first_year, tried.last_year
    years = str(first) if first == last else f"{first}–{last}"
    own, rate = (tried.errors[name][MID_YEAR - 1] for name in (RULE, RUN_RATE))
    when = f"Prövad {date_words(tried.learnt_on)} på {years}."
    if own is None or rate is None:
        return when
    return (
        f"{when} Efter juni var regelns årsprognos i medeltal {_percent(own)} fel, "
        f"mot {_percent(rate)} om året gått i samma takt som hittills."
    )


def _stays(tried: Tried) -> tuple[str, ...]:
    """Say what is left of a difference after June, all units together."""
    part = tried.stays[MID_YEAR - 1]
    if part is None:
        return ()
    return (
        f"Av en skillnad mot det väntade efter juni har i medeltal {_percent(100 * part, 0)} blivit kvar.",
    )


def _alarms(alarms: Alarms) -> tuple[str, ...]:
    if not alarms.overspends:
        return ()
    overspends = counted(alarms.overspends, "år", "år")
    other = alarms.turned + alarms.false
    early, late = number(alarms.early), number(alarms.late)
    early_or_late = (
        f"Av {overspends} som slutade mer än 2 % över budget hade {early} larm till juni och {late} senare."
    )
    return (f"{early_or_late} {counted(other, 'larm', 'larm')} gällde år som inte slutade så.",)


def _intervals(tried: Tried) -> tuple[str, ...]:
    held = sum(share * asked for share, asked in tried.coverage.values())
    asked = sum(asked for _, asked in tried.coverage.values())
    if not asked:
        return ()
    return (f"Årets utfall hamnade inom det troliga spannet {_percent(100 * held / asked, 0)} av gångerna.",)


def _percent(value: float, decimals: int = 1) -> str:
    return percent(Decimal(str(value)), decimals)


def _chart(errors: ErrorsByMonth) -> Chart:
    made = line_chart(errors)
    return Chart(
        title="Årsprognosens fel efter stängd månad, procent av årets utfall",
        alt=_alt(errors),
        width=str(WIDTH),
        height=str(HEIGHT),
        grid=tuple(_text(at, number(Decimal(str(value)), 1)) for value, at in made.grid),
        months=tuple(_text(at, MONTH_NAMES[month - 1][:3]) for month, at in made.months),
        lines=_lines(made),
    )


def _alt(errors: ErrorsByMonth) -> str:
    """Tell the figures of the picture at mid-year."""
    at_mid_year = {forecaster_words(name): by_month[MID_YEAR - 1] for name, by_month in errors.items()}
    parts = [f"{name} {_percent(error)}" for name, error in at_mid_year.items() if error is not None]
    return f"Linjediagram. Fel efter juni: {', '.join(parts)}."


def _lines(made: LineChart) -> tuple[ChartLine, ...]:
    return tuple(
        ChartLine(
            points=" ".join(map(str, line.points)),
            name=_text(line.name_at, forecaster_words(line.name)),
            mark="own" if line.name == RULE else "other",
        )
        for line in made.lines
    )


def _text(at: Point, text: str) -> ChartText:
    return ChartText(x=f"{at.x:.1f}", y=f"{at.y:.1f}", text=text)
