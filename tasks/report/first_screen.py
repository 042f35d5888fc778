"""What the month's page says before its sections: four figures, and what has changed in a month."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from notifications.reports.month import PageFigure
from tasks.rules.report.month_report import MonthReport
from tasks.rules.report.since_last_month import ChangedUnit, SinceLastMonth
from tasks.rules.swedish import MISSING, counted, day_words, mnkr, number, shortened
from tasks.rules.wording import amount, deviation_words, is_nothing, side_of

NAMED = 4
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
