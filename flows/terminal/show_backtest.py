"""What a replay of old years found, as text for a terminal: for a controller who has not seen it before."""

from collections.abc import Mapping
from decimal import Decimal

from flows.terminal.terminal import paragraph, table
from tasks.rules.assessment.backtest import (
    MEASURED_MONTHS,
    RULE,
    RUN_RATE,
    Alarms,
    Measures,
)
from tasks.rules.assessment.learning import ALL_TYPES, MONTHS, Learnt
from tasks.rules.periods import MONTH_NAMES
from tasks.rules.state_words import forecaster_words
from tasks.rules.swedish import counted, joined, number, percent

JUNE = 6
SHORT_MONTHS = tuple(name[:3] for name in MONTH_NAMES[:11])


def backtest_text(measures: Measures, learnt: Learnt, rows: int, out: object) -> str:
    """Lay out the errors by month, the interval's hits and what the alarms were worth."""
    years = f"{measures.first_year}–{measures.last_year}"
    if measures.first_year == measures.last_year:
        years = str(measures.first_year)
    parts = [
        f"Prövning på {years}: {counted(measures.alarms.unit_years, 'enhetsår', 'enhetsår')} med budget.",
        paragraph("Varje månad är räknad på årets budget och det utfall som var känt då, inget senare."),
        "",
        "Hur fel årsprognosen var i medeltal, procent av årets utfall, efter stängd månad",
        "",
        _errors(measures.errors),
        paragraph(_compared(measures)),
        *_stays(learnt),
        "",
        "Hur ofta årets utfall hamnade inom det intervall som ska hålla åtta år av tio",
        "",
        _coverage(measures.coverage),
        "",
        *_alarms(measures.alarms),
        "",
        paragraph("Det som lärts används från och med nästa månad."),
        f"{number(rows)} rader i {out}",
    ]
    return "\n".join(parts)


def _errors(errors: Mapping[str, tuple[float | None, ...]]) -> str:
    rows = [
        (
            forecaster_words(name).capitalize(),
            *("" if value is None else _decimal(value) for value in by_month),
        )
        for name, by_month in errors.items()
    ]
    return table(("Sätt att räkna", *SHORT_MONTHS), rows, right=tuple(range(1, len(MONTHS) + 1)))


def _decimal(value: float | None) -> str:
    return "" if value is None else number(Decimal(str(value)), 1)


def _compared(measures: Measures) -> str:
    """Say how much smaller the rule's error is than that of going on at the same rate."""
    own, rate = measures.mean_error(RULE), measures.mean_error(RUN_RATE)
    if own is None or not rate:
        return ""
    months = joined([MONTH_NAMES[month - 1] for month in MEASURED_MONTHS])
    part = percent(Decimal(str(100 * own / rate)), 0)
    return f"I {months} är regelns fel i medeltal {part} av felet när man räknar med samma takt som hittills."


def _stays(learnt: Learnt) -> list[str]:
    """Say what is left of a difference after June, by type of unit."""
    parts = {name: by_month[JUNE - 1] for name, by_month in learnt.stays.items() if name != ALL_TYPES}
    shares = [
        f"{name} {percent(Decimal(str(100 * part)), 0)}" for name, part in parts.items() if part is not None
    ]
    if not shares:
        return []
    return [
        paragraph(f"Av en skillnad mot det väntade efter juni har i medeltal blivit kvar: {joined(shares)}.")
    ]


def _coverage(coverage: Mapping[str, tuple[float, int]]) -> str:
    rows = [
        (name or "(utan typ)", percent(Decimal(str(100 * held)), 0), number(asked))
        for name, (held, asked) in coverage.items()
        if asked
    ]
    return table(("Enhetstyp", "Inom", "Prövade månader"), rows, right=(1, 2))


def _alarms(alarms: Alarms) -> list[str]:
    if not alarms.unit_years:
        return [paragraph("Inga budgetar i filen, så inga larm kan prövas.")]
    rows = [
        ("Hittade till och med juni", number(alarms.early)),
        ("Hittade senare", number(alarms.late)),
        ("Missade", number(alarms.missed)),
        ("Larm som vände (åtgärdade, eller gick över)", number(alarms.turned)),
        ("Falska larm", number(alarms.false)),
    ]
    title = f"Larm: {counted(alarms.overspends, 'år', 'år')} slutade mer än 2 % över budget"
    return [
        title,
        "",
        table(("Larm", "Antal"), rows, right=(1,)),
        paragraph(_worth(alarms)),
    ]


def _worth(alarms: Alarms) -> str:
    per_100 = (
        f"{number(Decimal(str(alarms.per_100)), 1)} larm per hundra enhetsår gällde år som inte slutade så"
    )
    if not alarms.overspends:
        return f"{per_100}."
    found_early = percent(Decimal(100 * alarms.early) / alarms.overspends, 0)
    return f"{found_early} av underskotten hade larm till och med juni. {per_100}."
