"""Whether a month's deliveries suffice: the step that asks, and the note that asks for exactly one run."""

from collections.abc import Iterable, Mapping
from datetime import date

from sql.database import Transaction
from tasks.figures.current_deliveries import deliveries_in_month, delivery_in_month
from tasks.installation import Installation
from tasks.month import Month, known_month, step_result
from tasks.register import code_of, read_register
from tasks.rules.declaration import Shape, Source
from tasks.rules.delivered import Delivery, months_reached
from tasks.rules.deliveries.completeness import Completeness, absence_sentence, month_completeness
from tasks.rules.json_values import fingerprint
from tasks.rules.operations.state import Outcome, Step
from tasks.rules.operations.unasked import MONTHS_BACK, first_unasked, runs_unasked
from tasks.rules.periods import Period
from tasks.rules.swedish import joined
from tasks.sources import all_halves, all_sources

STEP: Step = "check_month"


def check_month(month: Month) -> bool:
    """Tell whether the month may be assessed; where it may not, it stops with the reason."""
    with month.reading() as transaction:
        accepted = deliveries_in_month(transaction, month.period, month.installation.config.lags)
        completeness = _completeness(month.installation, transaction, month.period, accepted)
    outcome: Outcome = (
        "done" if not completeness.stops else "allowed" if month.options.allow_missing else "missing"
    )
    result = completeness.as_data()
    mark = fingerprint([result, outcome])
    with month.saving() as transaction:
        made = month.made_before(transaction, STEP, mark) is None
        if outcome == "missing":
            month.stop(transaction, STEP, completeness.reason, outcome="missing")
        else:
            month.advance(transaction, STEP, outcome, made=made)
        month.remember(transaction, STEP, mark, result)
    month.progress(_words(completeness))
    return outcome != "missing"


def month_check(transaction: Transaction, period: Period) -> Completeness | None:
    """Return what the step found of a month when it was last run; None for one that it never looked at."""
    stored = step_result(transaction, period, STEP)
    return None if stored is None else Completeness.of_data(stored)


def note_readiness(installation: Installation, period: Period, today: date) -> bool:
    """Tell whether a month is to be run unasked: its deliveries suffice, and nobody was told so of them.

    Of those who hand in the last files at the same time exactly one is told: one at a time holds the month's
    lock and sees what the others have stored. An older month is only run by hand, and so is a done one of
    which a source that lags has got a newer month: it was done by what it needed.
    """
    if not runs_unasked(period, today):
        return False
    with installation.database.transaction() as transaction:
        transaction.run("operations/lock_month", period=period.first_day)
        accepted = deliveries_in_month(transaction, period, installation.config.lags)
        if _completeness(installation, transaction, period, accepted).stops:
            return False
        told = {source: delivery.id for source, delivery in accepted.items()}
        told |= _done_by(transaction, period)
        return _is_new(transaction, period, fingerprint(sorted(told.items())))


def months_to_complete(installation: Installation, source: str, delivered: Iterable[Period]) -> set[Period]:
    """Return the months that a source's deliveries of some months may complete."""
    lag = installation.config.lags.get(source, 0)
    return {month for each in delivered for month in months_reached(each, lag)}


def open_months(today: date) -> list[Period]:
    """Return the months that may be run unasked on a day, oldest first."""
    first = first_unasked(today)
    return [month for n in range(MONTHS_BACK + 1) if runs_unasked(month := first.plus(n), today)]


def lost_months(installation: Installation, today: date) -> list[Period]:
    """Return the months that nobody works on though there is work left, oldest first.

    1. Its deliveries suffice and no run has begun since: the event was lost.
    2. Its last run died or was cut off.
    3. Its mails were queued, and it isn't done: some waited for a server that was away.
    """
    first = first_unasked(today)
    with installation.database.transaction() as transaction:
        rows = transaction.rows("operations/list_lost", first=first.first_day, mode=installation.mail_mode)
    return [Period.of(row.period) for row in rows]


def _done_by(transaction: Transaction, period: Period) -> dict[str, int]:
    """Return the deliveries of what lagged that a done month was done by, none of another month."""
    known, check = known_month(transaction, period), month_check(transaction, period)
    if known is None or check is None or known.state != "done":
        return {}
    lagged = [
        delivery_in_month(transaction, source, month, {})
        for source, month in check.months.items()
        if source not in check.missing_sources
    ]
    return {delivery.source: delivery.id for delivery in lagged if delivery is not None}


def _completeness(
    installation: Installation, transaction: Transaction, period: Period, accepted: Mapping[str, Delivery]
) -> Completeness:
    """Hold a month's accepted deliveries against what it needs; units are those of the delivery's month."""
    register, settings = read_register(transaction, period), installation.config.completeness
    told = {
        source: accepted[source].period if source in accepted else period.plus(-lag)
        for source, lag in installation.config.lags.items()
    }
    return month_completeness(
        accepted,
        {
            all_sources()[name].whole: [
                code_of(register, unit, delivery.period) for unit in _units(transaction, name, delivery.id)
            ]
            for name, delivery in accepted.items()
            if _tells_of_units(all_sources()[name])
        },
        register.units_valid(period),
        settings,
        titles={name: source.title for name, source in all_sources().items()},
        expected={name: register.units_valid(delivery.period) for name, delivery in accepted.items()},
        halves=all_halves(),
        held=_held(transaction, period, told),
        months={
            source: month
            for source, month in told.items()
            if month != period and (source in accepted or source in settings.required_sources)
        },
    )


def _held(transaction: Transaction, period: Period, told: Mapping[str, Period]) -> set[str]:
    """Return the sources of which a delivery is held that would count in the month.

    told: of the sources that lag, the month that counts or is missing: a held one from before it never would.
    """
    first = min(told.values(), default=period)
    rows = transaction.rows("deliveries/list_held", first=first.first_day, last=period.first_day)
    return {row.source for row in rows if Period.of(row.period) >= told.get(row.source, period)}


def _tells_of_units(source: Source) -> bool:
    """Tell whether a source says which units have figures: of the ledger's halves the outcome does."""
    return source.covers_every_unit and (source.shape is not Shape.LEDGER or source.tells("utfall"))


def _units(transaction: Transaction, name: str, delivery: int) -> list[str]:
    ledger = all_sources()[name].shape is Shape.LEDGER
    query = "figures/list_ledger_units" if ledger else "figures/list_figure_units"
    return [row.unit for row in transaction.rows(query, delivery=delivery)]


def _words(completeness: Completeness) -> str:
    if completeness.stops:
        return f"ofullständigt: {completeness.reason}"
    lacking = [
        absence_sentence(coverage, completeness.called(coverage.source, coverage.source))
        for coverage in completeness.partly
    ]
    lacking += [f"en nyare fil för {source} är hållen" for source in completeness.held]
    return f"räcker, men {joined(lacking)}" if lacking else "komplett"


def _is_new(transaction: Transaction, period: Period, mark: str) -> bool:
    return transaction.row("operations/insert_ready", period=period.first_day, mark=mark) is not None
