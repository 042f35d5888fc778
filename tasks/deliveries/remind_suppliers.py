"""The step that reminds suppliers of last month's deliveries, around their deadlines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from notifications.mails.leverans_paminnelse import LeveransPaminnelse, OwedDelivery
from sql.database import Transaction
from tasks.calendar import working_calendar
from tasks.deliveries.receipt_mails import deadline
from tasks.figures.current_deliveries import deliveries_in_month
from tasks.installation import Installation
from tasks.month import known_month
from tasks.outbox.mails import mails_of_kind
from tasks.outbox.queue_mail import MailKey, open_outbox
from tasks.outbox.receivers import OPERATOR, read_reach, role_of, supplier_of
from tasks.outbox.words import source_title
from tasks.rules.deliveries.completeness import (
    DayKind,
    day_after,
    due_in_words,
    reminder_due,
    with_month,
)
from tasks.rules.deliveries.halves.needed import needed_sources
from tasks.rules.outbox.recipients import Recipient
from tasks.rules.periods import Period, is_working_day
from tasks.rules.swedish import day_words, joined
from tasks.sources import all_halves, all_sources

KIND = "leverans_paminnelse"
DELIVERED = "Leveransen har kommit, eller så har dagen passerat."


@dataclass(frozen=True)
class Reminder:
    """One mail: the deliveries that somebody owes, all with one deadline."""

    to: Recipient
    day: DayKind
    deadline: date
    sources: tuple[str, ...]

    @property
    def step(self) -> str:
        """Name what is told once."""
        return f"{self.day} {self.deadline}"


def remind_suppliers(installation: Installation, today: date) -> list[str]:
    """Queue the reminders that are due on a day, once each; return what was queued, in words.

    Of the month before today's, unless it is done or the first one that this installation has to do with.
    A supplier is reminded before and after a deadline; without one, the operator after it.
    """
    period = Period.of(today).plus(-1)
    free_days = working_calendar(installation.config.ladder.mute, today)
    with installation.database.transaction() as transaction:
        if not is_working_day(today, free_days=free_days) or not _is_awaited(
            installation, transaction, period
        ):
            return []
        reminders = _due(installation, transaction, period, today, free_days)
        return _queue_all(installation, transaction, period, today, reminders, free_days)


def _is_awaited(installation: Installation, transaction: Transaction, period: Period) -> bool:
    known = known_month(transaction, period)
    is_done = known is not None and installation.mail_mode in known.done_in
    return (
        not is_done
        and transaction.value("operations/find_earlier_month", period=period.first_day) is not None
    )


def _due(
    installation: Installation,
    transaction: Transaction,
    period: Period,
    today: date,
    free_days: frozenset[date],
) -> list[Reminder]:
    reach = read_reach(installation, transaction)
    groups: dict[tuple[str, DayKind, date], tuple[Recipient, list[str]]] = {}
    for source in _missing(installation, transaction, period):
        to, last = supplier_of(installation, source, reach), deadline(source, period)
        day = reminder_due(today, last, free_days=free_days)
        if day is None or (day == "before" and role_of(to) == OPERATOR):
            continue
        groups.setdefault((to.address.lower(), day, last), (to, []))[1].append(source)
    return [Reminder(to, day, last, tuple(own)) for (_, day, last), (to, own) in groups.items()]


def _missing(installation: Installation, transaction: Transaction, period: Period) -> Iterable[str]:
    """Yield the sources that the month lacks; the halves of one that only they have suppliers of."""
    lags = installation.config.lags
    accepted = deliveries_in_month(transaction, period, lags)
    declared = installation.config.sources
    for source in installation.config.completeness.required_sources:
        halves = all_halves().get(source, ())
        in_halves = source not in declared and any(half in declared for half in halves)
        yield from needed_sources(source, accepted, halves if in_halves else (), all_halves())


def _queue_all(
    installation: Installation,
    transaction: Transaction,
    period: Period,
    today: date,
    reminders: Sequence[Reminder],
    free_days: frozenset[date],
) -> list[str]:
    """Queue what is new, write anew what hasn't gone out, and withdraw what is no longer owed."""
    outbox = open_outbox(installation, transaction)
    before: Mapping[tuple[str, str], int] = {
        (mail.address, mail.step): mail.id
        for mail in mails_of_kind(transaction, period, KIND, outbox.mode)
        if mail.state != "skipped"
    }
    queued = []
    for reminder in reminders:
        address = reminder.to.address.lower()
        values = _values(installation, period, today, reminder, outbox.would_have_gone_to(address), free_days)
        key = MailKey(period, KIND, role_of(reminder.to), address, step=reminder.step)
        operator = installation.settings.operator
        number = outbox.queue(transaction, key, values, required=False, reply_to=operator)
        if number is not None and (address, reminder.step) not in before:
            queued.append(_told(reminder, values))
    owed = {(reminder.to.address.lower(), reminder.step) for reminder in reminders}
    for key_of_mail, number in before.items():
        if key_of_mail not in owed:
            transaction.run("outbox/withdraw_mail", mail=number, reason=DELIVERED)
    return queued


def _values(
    installation: Installation,
    period: Period,
    today: date,
    reminder: Reminder,
    would_have_gone_to: str,
    free_days: frozenset[date],
) -> LeveransPaminnelse:
    one = len(reminder.sources) == 1
    if reminder.day == "after":
        next_step = "Månaden står still. Den bedöms den dag filen kommer, och chefernas mejl går ut då."
    else:
        day = day_words(day_after(reminder.deadline, free_days=free_days))
        next_step = f"Saknas {'filen' if one else 'en fil'} den {day} kan månaden inte bedömas."
    return LeveransPaminnelse(
        organisation=installation.config.mail.administration,
        would_have_gone_to=would_have_gone_to,
        period=period.swedish,
        overdue=reminder.day == "after",
        due=day_words(reminder.deadline),
        due_in=due_in_words(today, reminder.deadline),
        deliveries=tuple(
            _owed(source, period, installation.config.lags.get(source, 0)) for source in reminder.sources
        ),
        where=f"Lägg {'filen' if one else 'filerna'} i månadens inkorg, eller skicka "
        f"{'den' if one else 'dem'} till den som driftar månadsuppföljningen.",
        next_step=next_step,
    )


def _owed(source: str, period: Period, lag: int) -> OwedDelivery:
    """Name the file that the month needs; one of another month is told as that."""
    owed, contents = period.plus(-lag), all_sources()[source].origin
    return OwedDelivery(
        source=with_month(source_title(source), owed if lag else None),
        file=f"{source}_{owed}.csv",
        contents=f"{contents} {period.month_name.capitalize()} bedöms med {owed.swedish}."
        if lag
        else contents,
    )


def _told(reminder: Reminder, values: LeveransPaminnelse) -> str:
    sources = joined([owed.source for owed in values.deliveries])
    if reminder.day == "after":
        return f"Leverans saknas: {sources}, till {reminder.to.address}"
    return f"Leverans snart: {sources}, till {reminder.to.address}"
