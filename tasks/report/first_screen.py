"""What the month's page says before its sections: four figures, and what has changed in a month."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from notifications.reports.month import PageCurve, PageFigure
from tasks.rules.periods import Period
from tasks.rules.report.month_report import MonthReport
from tasks.rules.report.since_last_month import ChangedUnit, SinceLastMonth
from tasks.rules.report.unit_curves import DrawnCurve, UnitCurve, drawn_curves
from tasks.rules.swedish import MISSING, counted, day_words, mnkr, number, shortened
from tasks.rules.wording import amount, deviation_words, is_nothing, side_of

NAMED = 3
"""So many units are named of those that have changed; the rest are counted."""


def page_figures(report: MonthReport) -> tuple[PageFigure, ...]:
    """Return the year's budget, both forecasts with their deviations, and the warnings with their plans.

    A report that was kept before the programme had a forecast has none of it.
    """
    total, programme = report.budget.total.amounts, report.budget.total.programme
    by_programme = PageFigure(
        name="Programmets prognos", value=mnkr(programme.forecast), note=_told(programme.deviation)
    )
    return (
        PageFigure(name="Budget", value=mnkr(total.budget), note="helår, efter begärda justeringar"),
        PageFigure(
            name="Verksamhetens prognos", value=mnkr(total.forecast_after), note=_told(total.deviation_after)
        ),
        *([] if programme.forecast is None else [by_programme]),
        PageFigure(name="Larm och bevakning", value=_warned(report), note=_plans(report)),
    )


def _told(deviation: Decimal | None) -> str:
    return "" if deviation is None else deviation_words(deviation)


def _warned(report: MonthReport) -> str:
    if not report.units.assessed:
        return MISSING
    levels = [warning.level for warning in report.warnings]
    return f"{number(levels.count('larm'))} larm, {number(levels.count('bevaka'))} bevaka"


def _plans(report: MonthReport) -> str:
    days = [warning.plan_awaited for warning in report.warnings if warning.plan_awaited is not None]
    return f"{counted(len(days), 'plan', 'planer')} väntas, {day_words(min(days))}" if days else ""


def page_curves(report: MonthReport) -> tuple[PageCurve, ...]:
    """Return the worst units' years as small pictures on one axis, the worst first."""
    return tuple(_curve(drawn, report.period) for drawn in drawn_curves(report.curves))


def _curve(drawn: DrawnCurve, period: Period) -> PageCurve:
    curve, (last_x, last_y), (end_x, end_y) = drawn.curve, drawn.points[-1], drawn.end
    return PageCurve(
        name=curve.name,
        deviation=deviation_words(curve.deviation),
        alt=_curve_alt(curve, period),
        zero=f"{drawn.zero:.1f}",
        points=" ".join(f"{x:.1f},{y:.1f}" for x, y in drawn.points),
        end_x=f"{end_x:.1f}",
        end_y=f"{end_y:.1f}",
        ahead=f"{last_x:.1f},{last_y:.1f} {end_x:.1f},{end_y:.1f}",
        interval=() if drawn.interval is None else tuple(f"{y:.1f}" for y in drawn.interval),
    )


def _curve_alt(curve: UnitCurve, period: Period) -> str:
    so_far = curve.to_date[-1] if curve.to_date else None
    until = "" if so_far is None else f"{deviation_words(so_far)} till och med {period.month_name}, "
    words = f"{curve.name}: {until}{deviation_words(curve.deviation)} väntas vid årets slut"
    if curve.lower is None or curve.upper is None:
        return f"{words}."
    return f"{words}, troligen mellan {deviation_words(curve.upper)} och {deviation_words(curve.lower)}."


def changes(since: SinceLastMonth | None, corrected: int) -> Iterator[str]:
    """Say what has changed since the month before, and which units it comes of; nothing in a first month.

    corrected: so many figures of earlier months were corrected.
    """
    if since is None:
        return
    forecasts = [
        *_moved("verksamhetens", since.managers_before, since.managers),
        *_moved("programmets", since.programme_before, since.programme),
    ]
    if forecasts:
        yield f"Sedan {since.period.month_name}: {', '.join(forecasts)}."
    new = [unit.name for unit in since.units if unit.level_before is None]
    gone = [unit.name for unit in since.units if unit.level is None]
    if new:
        yield f"Nya varningar: {shortened(new, NAMED)}."
    if gone:
        yield f"Inte längre varnade: {shortened(gone, NAMED)}."
    worse = [unit for unit in since.units if unit.change is not None and unit.change < 0]
    if worse:
        yield f"Mest försämrade: {shortened([_worse(unit) for unit in worse], NAMED)}."
    if corrected:
        yield f"{counted(corrected, 'tidigare uppgift har', 'tidigare uppgifter har')} rättats."


def _moved(whose: str, before: Decimal | None, now: Decimal | None) -> Sequence[str]:
    """Say how a deviation (kr) moved: `programmets underskott har ökat med 1,2 mnkr till 9,5 mnkr`."""
    if before is None or now is None:
        return ()
    if is_nothing(now - before):
        return (f"{whose} prognos är oförändrad",)
    if side_of(before) != side_of(now) or is_nothing(now):
        return (f"{whose} prognos har gått från {deviation_words(before)} till {deviation_words(now)}",)
    word = "underskott" if now < 0 else "överskott"
    grown = "ökat" if abs(now) > abs(before) else "minskat"
    return (f"{whose} {word} har {grown} med {amount(abs(now - before))} till {amount(abs(now))}",)


def _worse(unit: ChangedUnit) -> str:
    return unit.name if unit.change is None else f"{unit.name} ({amount(-unit.change)})"
