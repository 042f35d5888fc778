"""The room that figures of people leave by: sick leave, volumes and social assistance as they may be told.

Each way out decides beside all that was told, and keeps what it lets be told, in the caller's transaction,
which must be one that saves. They go one at a time: of two at once, neither would know what the other tells.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from sql.database import Transaction
from tasks.figures.delivered_rows import by_code, rows_of_people, rows_reported_before
from tasks.figures.told_sums import ToKeep, keep_told_sums, lock_told_sums, told_sums
from tasks.rules.assessment.unit_years import YEARS_OF_HISTORY
from tasks.rules.delivered import Delivered
from tasks.rules.json_values import Json
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.published_counts import CountsToTell, KeptCounts, Name
from tasks.rules.signals.assistance_told import AssistanceToTell, ToldAssistance
from tasks.rules.signals.sick_leave_telling import SickLeaveToTell, Telling
from tasks.rules.signals.sick_leave_told import Version
from tasks.rules.volumes.adjustment import MeasureSettings, measures_known
from tasks.rules.volumes.rows import CountedVolume, counted_volumes
from tasks.rules.volumes.told import hidden_volumes
from tasks.sources import all_sources

SICK_LEAVE = "sjukfranvaro"
VOLUMES = "prestationer"
ASSISTANCE = "bistand"
Told = TypeVar("Told", bound=ToKeep)


@contextmanager
def telling_sick_leave(
    transaction: Transaction, register: Register, first: Period, period: Period, fewest: int
) -> Iterator[tuple[list[Delivered], SickLeaveToTell]]:
    """Lend the rows of some months and what decides of them; what they tell is kept when the block ends.

    fewest: a group of fewer employees is hidden.
    """
    rows = by_code(rows_of_people(transaction, SICK_LEAVE, first, period), register)
    by_whom = Telling(register, period, fewest)

    def alone(before: list[Delivered]) -> list[Version]:
        telling = SickLeaveToTell(by_whom, {})
        telling.of_rows(by_code(before, register))
        return telling.new

    telling = SickLeaveToTell(by_whom, _told(transaction, SICK_LEAVE, first, period, Version.of_data, alone))
    yield rows, telling
    keep_told_sums(transaction, SICK_LEAVE, telling.new)


def tell_volumes(
    transaction: Transaction,
    register: Register,
    period: Period,
    measures: Mapping[str, MeasureSettings],
    fewest_persons: int,
) -> dict[str, tuple[CountedVolume, ...]]:
    """Return by code what is counted in the period's year, with the season of the years before.

    fewest_persons: a niva of fewer is hidden.
    """
    first = Period(period.year - YEARS_OF_HISTORY, 1)
    rows = by_code(rows_of_people(transaction, VOLUMES, first, period), register)
    return counted_volumes(
        rows,
        register,
        period,
        declared=measures_known(all_sources()[VOLUMES].volumes, measures),
        tariffs={name: own.tariff_kr for name, own in measures.items() if own.tariff_kr is not None},
        hidden=_hidden_volumes(transaction, rows, register, period, measures, fewest_persons),
    )


def tell_months_volumes(
    transaction: Transaction,
    register: Register,
    period: Period,
    measures: Mapping[str, MeasureSettings],
    fewest_persons: int,
) -> tuple[list[Delivered], frozenset[Name]]:
    """Return a month's rows as delivered, and the codes and measures of which nothing may be told."""
    rows = rows_of_people(transaction, VOLUMES, Period(period.year - 1, 1), period)
    named = by_code(rows, register)
    return [row for row in rows if row.period == period], _hidden_volumes(
        transaction, named, register, period, measures, fewest_persons
    )


def planned_volumes(transaction: Transaction, period: Period, measure: str) -> list[Delivered]:
    """Return a month's rows of a measure with what was planned alone: that is decided, and nobody's count."""
    rows = rows_of_people(transaction, VOLUMES, period, period)
    return [row.only("planerat") for row in rows if row.item == measure]


def tell_assistance(transaction: Transaction, first: Period, period: Period, fewest: int) -> AssistanceToTell:
    """Return some months of social assistance as they may be told; fewest: fewer households are hidden."""
    rows = rows_of_people(transaction, ASSISTANCE, first, period)

    def alone(before: list[Delivered]) -> list[ToldAssistance]:
        return AssistanceToTell(before, {}, fewest).new

    kept = _told(transaction, ASSISTANCE, first, period, ToldAssistance.of_data, alone)
    telling = AssistanceToTell(rows, kept, fewest)
    keep_told_sums(transaction, ASSISTANCE, telling.new)
    return telling


def _hidden_volumes(
    transaction: Transaction,
    rows: list[Delivered],
    register: Register,
    period: Period,
    measures: Mapping[str, MeasureSettings],
    fewest_persons: int,
) -> frozenset[Name]:
    declared = measures_known(all_sources()[VOLUMES].volumes, measures)

    def alone(before: list[Delivered]) -> list[KeptCounts]:
        telling = CountsToTell({}, fewest_persons)
        hidden_volumes(by_code(before, register), register, period, declared, telling)
        return telling.new

    kept = _told(transaction, VOLUMES, Period(period.year - 1, 1), period, KeptCounts.of_data, alone)
    telling = CountsToTell(kept, fewest_persons)
    hidden = hidden_volumes(rows, register, period, declared, telling)
    keep_told_sums(transaction, VOLUMES, telling.new)
    return hidden


def _told(
    transaction: Transaction,
    source: str,
    first: Period,
    last: Period,
    read: Callable[[Period, str, Json], Told],
    alone: Callable[[list[Delivered]], list[Told]],
) -> dict[Period, list[Told]]:
    """Return what was told of some months, oldest first; nobody else decides until the transaction ends.

    What reports told before it was kept is decided again, each delivery alone as it was then, and kept.
    """
    lock_told_sums(transaction)
    kept = told_sums(transaction, source, first, last, read)
    for rows in rows_reported_before(transaction, source, first, last):
        told = alone(rows)
        keep_told_sums(transaction, source, told)
        for each in told:
            kept.setdefault(each.period, []).append(each)
    return kept
