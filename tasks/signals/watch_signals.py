"""The step that reads a month's leading signals: volumes, social assistance and sick leave."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sql.database import Transaction
from tasks.figures.counting_places import counting_places
from tasks.figures.current_deliveries import current_deliveries, months_told
from tasks.figures.delivered_rows import PEOPLE, delivered_rows
from tasks.figures.tell_people import (
    ASSISTANCE,
    SICK_LEAVE,
    VOLUMES,
    planned_volumes,
    tell_assistance,
    telling_sick_leave,
)
from tasks.month import Month, step_result
from tasks.register import read_register
from tasks.rules.delivered import row_ranges
from tasks.rules.json_values import as_number, fingerprint
from tasks.rules.operations.state import Step
from tasks.rules.organisation import Register
from tasks.rules.periods import Period, months_of
from tasks.rules.signals.assistance_forecast import MOST_YEARS
from tasks.rules.signals.assistance_watch import Appropriation, AssistanceSettings, watch_assistance
from tasks.rules.signals.sick_leave_watch import watch_sick_leave, years_target
from tasks.rules.signals.volume_watch import watch_adjustments, watch_volumes
from tasks.rules.signals.watched import Watched, WatchedCount, count_watched, history_sentence
from tasks.rules.swedish import mid_sentence
from tasks.rules.totals import sum_of_all
from tasks.sources import all_sources, ledger_sources

STEP: Step = "watch_signals"
RULE = "leading signals 6"
"""Changes when a rule or its result does, so that months are looked through anew."""
SOURCES = (
    "organisation", *ledger_sources(), "prognos", "indikatorer", "prestationer", "bistand", "sjukfranvaro",
)  # fmt: skip
SETTINGS = ("sick_leave", "assistance", "volumes", "measures", "small_groups")


def watch_signals(month: Month) -> WatchedCount:
    """Look the month's series through, unless it is made of the same deliveries and settings already.

    A source that is missing or has no history stops nothing: its series are missing, and can't be judged yet.
    Returns how many series are to be watched, of how many, and how many months the others lack.
    """
    settings = month.installation.config.as_data(*SETTINGS)
    with month.reading() as transaction:
        told = _told(month, transaction)
        lagging = {source: str(of) for source, of in told.items() if of != month.period}
        mark = fingerprint([RULE, _used(transaction, month.period), settings, *lagging.items()])
        before = month.made_before(transaction, STEP, mark)
    with month.saving() as transaction:
        if before is None:
            count = _save(month, transaction, _look(month, transaction, told), settings, mark, lagging)
        else:
            count = WatchedCount.of_data(before)
            month.advance(transaction, STEP, "done", made=False)
    month.progress(count.sentence)
    for source, months in sorted(count.months_lacking.items()):
        month.progress(history_sentence(_title(source), months))
    return count


def _used(transaction: Transaction, period: Period) -> list[tuple[str, str, int]]:
    """Return the marks of the deliveries that the signals are made of."""
    return [delivery.mark for delivery in current_deliveries(transaction, SOURCES, period)]


def _told(month: Month, transaction: Transaction) -> dict[str, Period]:
    """Return by source the month that the signals are of: the month's own, or one before where it lags."""
    return months_told(transaction, PEOPLE, month.period, month.installation.config.lags)


def _look(month: Month, transaction: Transaction, told: Mapping[str, Period]) -> tuple[Watched, ...]:
    """Return the series; what they tell of people is kept."""
    register = read_register(transaction, month.period)
    return (
        *_sick_leave(month, transaction, register, told[SICK_LEAVE]),
        *_assistance(month, transaction, told),
        *_volumes(month, transaction, register, told[VOLUMES]),
    )


def _sick_leave(
    month: Month, transaction: Transaction, register: Register, period: Period
) -> tuple[Watched, ...]:
    config = month.installation.config
    fewest = config.small_groups.fewest_employees
    first = period.plus(1 - config.sick_leave.chart.most_months)
    newest = min(month.period, Period(period.year, 12))
    indicators = delivered_rows(transaction, "indikatorer", Period(period.year, 1), newest)
    target = years_target(indicators, config.sick_leave.target_indicator)
    with telling_sick_leave(transaction, register, first, period, fewest) as (rows, telling):
        return watch_sick_leave(rows, telling, target, config.sick_leave)


def _assistance(month: Month, transaction: Transaction, told: Mapping[str, Period]) -> Iterable[Watched]:
    period, config = told[ASSISTANCE], month.installation.config
    first = min(Period(period.year - MOST_YEARS, 1), period.plus(1 - config.assistance.chart.most_months))
    return watch_assistance(
        tell_assistance(transaction, first, period, config.small_groups.fewest_persons),
        period,
        _appropriation(transaction, month.period, period.year, told[VOLUMES], config.assistance),
        config.assistance.chart,
    )


def _volumes(month: Month, transaction: Transaction, register: Register, period: Period) -> Iterable[Watched]:
    config = month.installation.config
    fewest = config.small_groups.fewest_persons
    places = counting_places(transaction, register, period, month.period, config.measures, fewest).places
    return (
        *watch_volumes(places, period.month, config.volumes, fewest),
        *watch_adjustments(places, period.month, config.measures, fewest),
    )


def _save(
    month: Month,
    transaction: Transaction,
    found: Sequence[Watched],
    settings: dict[str, Any],
    mark: str,
    lagging: Mapping[str, str],
) -> WatchedCount:
    """Keep the series; lagging: by source the month that they are of, where it isn't the month's own."""
    count = count_watched(found)
    watch = transaction.value("signals/insert_watch", period=month.period.first_day, settings=settings)
    transaction.run_many("signals/insert_signal", [_row(watch, each) for each in found])
    month.advance(transaction, STEP, "done")
    of_months = {"months": dict(lagging)} if lagging else {}
    month.remember(transaction, STEP, mark, {"watch": watch, **count.as_data(), **of_months})
    return count


def _row(watch: int, found: Watched) -> dict[str, Any]:
    evidence = {
        "figures": found.figures,
        "hidden_figures": sorted(found.hidden_figures),
        "rows": row_ranges(found.rows),
    }
    return {
        "watch": watch,
        "source": found.source,
        "indicator": found.indicator,
        "series": found.series_code,
        "scope": found.scope,
        "code": found.code,
        "name": found.name,
        "measured_in": found.measured_in,
        "value": found.value,
        "compared": found.compared,
        "signal": found.signal,
        "rule": found.regel,
        "sentence": found.mening,
        "months_lacking": found.months_lacking,
        "is_hidden": found.is_hidden,
        "evidence": json.dumps(evidence, default=as_number, ensure_ascii=False),
    }


def _title(source: str) -> str:
    return mid_sentence(all_sources()[source].title)


def watched_month(transaction: Transaction, period: Period, source: str) -> Period:
    """Return the month that a source's kept series of a month are of."""
    months = (step_result(transaction, period, STEP) or {}).get("months", {})
    return Period.parse(months[source]) if source in months else period


def _appropriation(
    transaction: Transaction, period: Period, of_year: int, counted: Period, settings: AssistanceSettings
) -> Appropriation:
    """Return the budget of the account groups of assistance and the planned households, as the period knows.

    counted: the month that volumes are told of; one of another year plans nothing of this. A year that lacks
    a month of budget has none: a part of it would look like a smaller one.
    """
    year, word = months_of(of_year), settings.account_group.casefold()
    months = transaction.rows(
        "figures/list_budget_groups",
        period=period.first_day,
        first=year[0].first_day,
        last=year[-1].first_day,
    )
    budgets = [row for row in months if word in row.account_group.casefold()]
    is_whole = {Period.of(row.period) for row in budgets} == set(year)
    planned_in = min(counted, year[-1])
    plans = (
        planned_volumes(transaction, planned_in, settings.planned_in) if planned_in.year == of_year else []
    )
    return Appropriation(
        budget=sum_of_all(row.budget for row in budgets) if is_whole else None,
        households=sum_of_all(row.figure("planerat") for row in plans),
        rows=(
            *((row.delivery_id, row.first_row, row.last_row) for row in budgets),
            *(row.range for row in plans),
        ),
    )
