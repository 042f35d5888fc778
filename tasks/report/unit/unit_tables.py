"""The sections of a unit's or an area's page that only it has: its months, what was told, its units."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

from notifications.reports.month import Cell, Chart, ChartLine, ChartText, ReportRow, ReportTable, Section
from tasks.report.cells import absent, date_cell, deviation_cell, leveled, quiet
from tasks.rules.assessment.deviation_facts import Level
from tasks.rules.periods import MONTH_NAMES
from tasks.rules.report.goals.activities import ActivityRow
from tasks.rules.report.line_chart import HEIGHT, WIDTH, Point, line_chart
from tasks.rules.report.signals import SignalRow
from tasks.rules.report.unit.part_of_report import ReportedMonth, ToldMonth, UnitLine, UnitReport
from tasks.rules.swedish import number
from tasks.rules.wording import YearRow, coarse_row, year_row

OUTCOME, BUDGET, LAST_YEAR = "Utfall", "Budget", "Förra året"
NOTHING_TOLD = "ingen"


def year_section(report: UnitReport) -> Section:
    """Show the year's months against the budget and the year before, with what they come to so far."""
    months, year = report.months, report.part.period.year
    return Section(
        title=f"Året {year}, månad för månad",
        charts=tuple(_year_chart(months)),
        tables=(
            ReportTable(
                caption="Tkr netto. Skillnad är budget minus utfall, med årets månader hittills",
                heads=("Månad", "Budget", "Utfall", f"Utfall {year - 1}", "Skillnad hittills"),
                rows=tuple(_month(month) for month in months),
            ),
        ),
    )


def _month(month: ReportedMonth) -> ReportRow:
    return ReportRow(
        name=Cell(text=month.period.month_name.capitalize()),
        cells=(_tkr(month.budget), _tkr(month.outcome), _tkr(month.last_year), _to_date(month.to_date)),
    )


def _tkr(kr: Decimal | None) -> Cell:
    return quiet("–") if kr is None else Cell(text=number(kr.scaleb(-3)), kind="tkr", value=kr)


def _to_date(kr: Decimal | None) -> Cell:
    if kr is None:
        return quiet("–")
    return deviation_cell(kr, coarse_row(kr).deviation(kr), None)


def _year_chart(months: Sequence[ReportedMonth]) -> Iterator[Chart]:
    """Draw what the months come to; nothing where a month isn't a cost: the picture begins at zero."""
    series = {
        OUTCOME: _accumulated([month.outcome for month in months]),
        BUDGET: _accumulated([month.budget for month in months]),
        LAST_YEAR: _accumulated([month.last_year for month in months]),
    }
    drawn = {name: values for name, values in series.items() if any(value is not None for value in values)}
    known = [value for values in drawn.values() for value in values if value is not None]
    if OUTCOME not in drawn or min(known) < 0:
        return
    made = line_chart(drawn)
    yield Chart(
        title="Ackumulerat netto, mnkr",
        alt=_alt(drawn),
        width=str(WIDTH),
        height=str(HEIGHT),
        grid=tuple(_text(at, number(Decimal(str(value)), 1)) for value, at in made.grid),
        months=tuple(_text(at, MONTH_NAMES[month - 1][:3]) for month, at in made.months),
        lines=tuple(
            ChartLine(
                points=" ".join(map(str, line.points)),
                name=_text(line.name_at, line.name),
                mark="own" if line.name == OUTCOME else "other",
            )
            for line in made.lines
        ),
    )


def _accumulated(amounts: Sequence[Decimal | None]) -> list[float | None]:
    """Add up month by month in mnkr; from the first missing one on the sum is missing."""
    sums = accumulate(amounts, lambda so_far, kr: None if so_far is None or kr is None else so_far + kr)
    return [None if kr is None else float(kr.scaleb(-6)) for kr in sums]


def _alt(series: dict[str, list[float | None]]) -> str:
    until = max(place for place, value in enumerate(series[OUTCOME]) if value is not None)
    parts = [
        f"{name.lower()} {number(Decimal(str(values[until])), 1)} mnkr"
        for name, values in series.items()
        if values[until] is not None
    ]
    return f"Linjediagram. Till och med {MONTH_NAMES[until]}: {', '.join(parts)}."


def _text(at: Point, text: str) -> ChartText:
    return ChartText(x=f"{at.x:.1f}", y=f"{at.y:.1f}", text=text)


def told_section(told: Sequence[ToldMonth]) -> Section | None:
    """Show what was told of the year each month; None before there was anything to tell."""
    if not told:
        return None
    return Section(
        title="Det som sagts varje månad",
        tables=(
            ReportTable(
                caption="Årets budget, regelns prognos med det troliga spannet, och avvikelsen, mnkr netto",
                heads=("Månad", "Budget", "Prognos", "Avvikelse", "Signal"),
                rows=tuple(_told(month) for month in told),
            ),
        ),
    )


def _told(month: ToldMonth) -> ReportRow:
    name = Cell(text=month.period.month_name.capitalize())
    return ReportRow(name=name, cells=(*_year_cells(month), _signal(month.signal)))


def _year_cells(year: ToldMonth | UnitLine) -> tuple[Cell, ...]:
    row = year_row(year.budget, year.forecast)
    forecast = _amount(row, year.forecast)
    if year.lower is not None and year.upper is not None:
        sure = coarse_row(year.lower, year.upper)
        note = f"troligen {sure.figure(year.lower)}–{sure.in_mnkr_table(year.upper)}"
        forecast = replace(forecast, note=note)
    words = row.deviation_in_mnkr_table(year.deviation)
    return (_amount(row, year.budget), forecast, deviation_cell(year.deviation, words, None))


def _amount(row: YearRow, kr: Decimal | None) -> Cell:
    if kr is None:
        return absent(None)
    return Cell(text=row.in_mnkr_table(kr), kind="mnkr", value=kr, decimals=row.decimals, unit=row.unit)


def _signal(level: Level | None) -> Cell:
    return quiet(NOTHING_TOLD) if level is None else Cell(text=level.upper(), mark=level)


def units_section(report: UnitReport) -> Section | None:
    """List the units of an area, the largest underskott first; None of a unit."""
    if not report.lines:
        return None
    return Section(
        title="Enheterna",
        tables=(
            ReportTable(
                caption=f"Helår {report.part.period.year}, mnkr netto, störst underskott först",
                heads=("Enhet", "Budget", "Prognos", "Avvikelse"),
                rows=tuple(
                    ReportRow(
                        name=leveled(Cell(text=line.name), line.signal)
                        if line.signal
                        else Cell(text=line.name),
                        cells=_year_cells(line),
                    )
                    for line in report.lines
                ),
            ),
        ),
    )


def signals_of_place(signals: Sequence[SignalRow]) -> Section | None:
    """Tell each series of the place in its sentence; None without any."""
    said = tuple(signal.sentence for signal in signals if signal.sentence)
    return Section(title="Tidiga signaler", sentences=said) if said else None


def activities_section(activities: Sequence[ActivityRow]) -> Section | None:
    """List the activities that the unit's manager answers for; None without any."""
    if not activities:
        return None
    return Section(
        title="Aktiviteter",
        tables=(
            ReportTable(
                caption="Aktiviteter som chefen ansvarar för",
                heads=("Aktivitet", "Börjar", "Slutar"),
                rows=tuple(
                    ReportRow(
                        name=Cell(text=each.activity, note=f"mål {each.goal}" if each.goal else ""),
                        cells=(date_cell(each.start), date_cell(each.end)),
                        detail=" ".join(filter(None, (each.deviation, each.analysis))),
                    )
                    for each in activities
                ),
            ),
        ),
    )
