"""The report's section on what the rule was worth when it was tried on old years."""

from datetime import date
from decimal import Decimal

from notifications.reports.month import Chart, ChartLine, ChartText, Section
from tasks.report.cells import Content
from tasks.rules.periods import MONTH_NAMES
from tasks.rules.report.line_chart import HEIGHT, WIDTH, LineChart, Point, line_chart
from tasks.rules.swedish import counted, date_words, number, percent

WORDS = {
    "regeln": "regeln",
    "takt": "samma takt",
    "budgetfördelad": "budgetens månader",
    "eget mönster": "eget mönster",
}
MID_YEAR = 6
NOTE = (
    "Felet är skillnaden mellan årsprognosen och årets utfall, utan tecken, i procent av utfallet. "
    "Varje månad är räknad på det som var känt då."
)


def backtest_section(content: Content) -> Section | None:
    """Show the errors by month beside other ways to forecast; nothing when no old years have been tried."""
    tried = content["provning"]
    if tried is None:
        return None
    errors = {
        name: by_month
        for name, by_month in tried["fel"].items()
        if any(value is not None for value in by_month)
    }
    return Section(
        title="Hur bra prognosen har varit på gamla år",
        sentences=(_tried(tried), *_stays(tried), *_alarms(tried["larm"]), *_intervals(tried)),
        charts=(_chart(errors),) if errors else (),
        notes=(NOTE,),
    )


def _tried(tried: Content) -> str:
    first, last = tried["fran"], tried["till"]
    years = str(first) if first == last else f"{first}–{last}"
    own, rate = (tried["fel"][name][MID_YEAR - 1] for name in ("regeln", "takt"))
    told = f"Prövad {date_words(date.fromisoformat(tried['larnt']))} på {years}."
    if own is None or rate is None:
        return told
    return (
        f"{told} Efter juni var regelns årsprognos i medeltal {_percent(own)} fel, "
        f"mot {_percent(rate)} om året gått i samma takt som hittills."
    )


def _stays(tried: Content) -> tuple[str, ...]:
    """Say what is left of a difference after June, all units together."""
    part = tried["kvar"][MID_YEAR - 1]
    if part is None:
        return ()
    return (
        f"Av en skillnad mot det väntade efter juni har i medeltal {_percent(100 * part, 0)} blivit kvar.",
    )


def _alarms(alarms: Content) -> tuple[str, ...]:
    if not alarms["overspends"]:
        return ()
    found = counted(alarms["overspends"], "år", "år")
    other = alarms["turned"] + alarms["false"]
    early, late = number(alarms["early"]), number(alarms["late"])
    told = f"Av {found} som slutade mer än 2 % över budget hade {early} larm till juni och {late} senare."
    return (f"{told} {counted(other, 'larm', 'larm')} gällde år som inte slutade så.",)


def _intervals(tried: Content) -> tuple[str, ...]:
    held = sum(share * asked for share, asked in tried["inom"].values())
    asked = sum(asked for _, asked in tried["inom"].values())
    if not asked:
        return ()
    return (f"Årets utfall hamnade inom det troliga spannet {_percent(100 * held / asked, 0)} av gångerna.",)


def _percent(value: float, decimals: int = 1) -> str:
    return percent(Decimal(str(value)), decimals)


def _chart(errors: Content) -> Chart:
    made = line_chart({WORDS.get(name, name): by_month for name, by_month in errors.items()})
    return Chart(
        title="Årsprognosens fel efter stängd månad, procent av årets utfall",
        alt=_alt(errors),
        width=str(WIDTH),
        height=str(HEIGHT),
        grid=tuple(_text(at, number(Decimal(str(value)), 1)) for value, at in made.grid),
        months=tuple(_text(at, MONTH_NAMES[month - 1][:3]) for month, at in made.months),
        lines=_lines(made),
    )


def _alt(errors: Content) -> str:
    """Tell the figures of the picture at mid-year."""
    parts = [
        f"{WORDS.get(name, name)} {_percent(by_month[MID_YEAR - 1])}"
        for name, by_month in errors.items()
        if by_month[MID_YEAR - 1] is not None
    ]
    return f"Linjediagram. Fel efter juni: {', '.join(parts)}."


def _lines(made: LineChart) -> tuple[ChartLine, ...]:
    return tuple(
        ChartLine(
            points=" ".join(map(str, line.points)),
            name=_text(line.name_at, line.name),
            mark="own" if line.name == "regeln" else "other",
        )
        for line in made.lines
    )


def _text(at: Point, text: str) -> ChartText:
    return ChartText(x=f"{at.x:.1f}", y=f"{at.y:.1f}", text=text)
