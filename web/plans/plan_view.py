"""A plan's figures as a page shows them: ready strings, every one with its unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tasks.plans.action_plans import Plan
from tasks.rules.periods import Period
from tasks.rules.plans.effect import Approved, counted_effect
from tasks.rules.plans.measures import MONTHS_AHEAD, Measure, months_after, promised
from tasks.rules.plans.state import PlanEvent
from tasks.rules.plans.words import EVENTS_IN_WORDS, remark
from tasks.rules.swedish import MISSING, date_words, kronor, percent
from tasks.rules.wording import YearRow, year_row

ZERO = Decimal(0)


@dataclass(frozen=True)
class FiguresRow:
    """One of the three rows: before measures, their expected effect, after them."""

    label: str
    budget: str
    forecast: str
    deviation: str
    kind: str = ""


@dataclass(frozen=True)
class YearTable:
    """The three rows and what they are in."""

    head: str
    rows: tuple[FiguresRow, ...]


@dataclass(frozen=True)
class Sums:
    """What measures come to, and the same in kr for the page's script."""

    months: str
    promised: str
    deficit: str
    left: str
    whole_year: str
    deficit_kr: str
    months_left: str


@dataclass(frozen=True)
class MeasureLine:
    """A measure to read."""

    what: str
    who: str
    from_month: str
    monthly: str
    promised: str
    risk: str


@dataclass(frozen=True)
class EventLine:
    """Something that happened."""

    day: str
    what: str
    comment: str


def year_table(plan: Plan, measures: Sequence[Measure]) -> YearTable:
    """Return the year before and after measures; what they promise counts at most up to the deficit."""
    effect = _counted(plan, measures)
    row = year_row(plan.budget, plan.forecast, effect)
    after = None if plan.forecast is None else plan.forecast - effect
    before = _figures(row, "Före åtgärder", plan.budget, plan.forecast)
    share = "" if plan.deviation_percent is None else f" ({percent(abs(plan.deviation_percent))})"
    return YearTable(
        f"Helår {plan.period.year}, {row.unit}",
        (
            FiguresRow(before.label, before.budget, before.forecast, f"{before.deviation}{share}"),
            FiguresRow("Beräknad effekt av åtgärder", "", row.figure(-effect), "", "quiet"),
            _figures(row, "Efter åtgärder", plan.budget, after, kind="total"),
        ),
    )


def sums(plan: Plan, measures: Sequence[Measure]) -> Sums:
    """Return what measures come to, against the deficit."""
    months, deficit = months_after(plan.period), max(ZERO, -(plan.deviation or ZERO))
    together = promised(measures, months)
    return Sums(
        months=_span(months),
        promised=kronor(together),
        deficit=kronor(deficit),
        left=kronor(max(ZERO, deficit - together)),
        whole_year=kronor(12 * sum((each.monthly_effect or ZERO for each in measures), ZERO)),
        deficit_kr=f"{deficit:.2f}",
        months_left=" ".join(map(str, months)),
    )


def measure_lines(plan: Plan, measures: Sequence[Measure]) -> tuple[MeasureLine, ...]:
    """Return measures to read."""
    return tuple(
        MeasureLine(
            each.what or "inget skrivet",
            each.who or "ingen ansvarig",
            "ingen månad" if each.from_month is None else each.from_month.swedish,
            MISSING if each.monthly_effect is None else kronor(each.monthly_effect),
            kronor(each.promised(months_after(plan.period))),
            each.risk,
        )
        for each in measures
    )


def event_lines(plan: Plan) -> tuple[EventLine, ...]:
    """Return what happened to a plan, the latest first; of drafts nobody needs to read."""
    return tuple(
        EventLine(date_words(event.day), _event(event), remark(event))
        for event in reversed(plan.events)
        if event.action != "draft"
    )


def _event(event: PlanEvent) -> str:
    words = EVENTS_IN_WORDS[event.action]
    return words if event.is_by_program else f"{words}, {event.actor}"


def start_months(plan: Plan, typed: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the months that a measure may begin in, and others that were typed, with their names."""
    allowed = [plan.period.plus(ahead) for ahead in range(1, MONTHS_AHEAD + 1)]
    others = {month for text in typed if (month := _month(text)) and month not in allowed}
    return tuple((str(month), month.swedish) for month in sorted({*allowed, *others}))


def _counted(plan: Plan, measures: Sequence[Measure]) -> Decimal:
    if plan.forecast is None or plan.budget is None:
        return ZERO
    approved = Approved(plan.period, plan.forecast, measures, {})
    return counted_effect(approved, plan.period, plan.forecast, plan.budget).counted


def _figures(
    row: YearRow, label: str, budget: Decimal | None, forecast: Decimal | None, *, kind: str = ""
) -> FiguresRow:
    deviation = None if budget is None or forecast is None else budget - forecast
    return FiguresRow(label, row.figure(budget), row.figure(forecast), row.deviation_figure(deviation), kind)


def _span(months: Sequence[Period]) -> str:
    if not months:
        return "resten av året"
    first, last = months[0], months[-1]
    return last.swedish if first == last else f"{first.month_name}–{last.swedish}"


def _month(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except ValueError:
        return None
