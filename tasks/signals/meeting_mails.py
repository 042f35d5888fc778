"""The mails that ask managers and personnel to meet about sick leave, every third month."""

from collections.abc import Sequence
from typing import Any

from notifications.mails.sjukfranvaro_mote import SickLeaveUnit, SjukfranvaroMote
from sql.database import Transaction
from tasks.figures.current_deliveries import delivery_in_month
from tasks.month import Month
from tasks.outbox.month_post import MonthPost
from tasks.outbox.queue_mail import MailKey
from tasks.outbox.words import delivered_words, source_title
from tasks.rules.outbox.recipients import group_units
from tasks.rules.periods import Period, add_working_days
from tasks.rules.signals.sick_leave_meeting import (
    UnitLeave,
    for_meeting,
    is_meeting_month,
    next_meeting_month,
    quarter_words,
)
from tasks.rules.signals.watched import UNIT
from tasks.rules.swedish import date_words, day_words
from tasks.signals.watch_signals import watched_month

KIND, SOURCE, HR = "sjukfranvaro_mote", "sjukfranvaro", "hr"
BOOK_WORKING_DAYS = 15
"""Three weeks to find a time."""
WHY = {
    "chef": "chef",
    "ersattare": "ersättare för chefen",
    "controller": "controller, eftersom varken chef eller ersättare går att nå,",
    "operator": "driftansvarig, eftersom ingen annan går att nå,",
}


def queue_meetings(month: Month, post: MonthPost) -> int:
    """Queue the mails of a meeting month to the managers whose units call for one, and to personnel.

    Returns how many were queued.
    """
    settings = month.installation.config.sick_leave
    if not is_meeting_month(month.period, settings.meeting_months):
        return 0
    leaves = _leaves(post.transaction, month.period)
    groups = group_units({unit: post.receivers.of_unit(unit) for unit in leaves})
    queued, called = 0, list[UnitLeave]()
    for group in groups:
        units = for_meeting([leaves[unit] for unit, _ in group.units])
        if units:
            called += [unit for unit in units if unit.calls_for_meeting]
            why = f"Du får det här var tredje månad som {WHY[group.role]} för {_units(units)}."
            meet = f"din {settings.hr_title}"
            queued += _queue(month, post, group.address, group.role, units, meet, why)
    if called and settings.hr_email:
        why = f"Du får det här var tredje månad som {settings.hr_title}."
        meet = f"chefen för {'enheten' if len(called) == 1 else 'varje enhet'}"
        queued += _queue(month, post, settings.hr_email, HR, for_meeting(called), meet, why)
    return queued


def _leaves(transaction: Transaction, period: Period) -> dict[str, UnitLeave]:
    """Return the units' twelve months, beside those a year before where the same twelve are kept."""
    year_ago = period.plus(-12)
    until = watched_month(transaction, period, SOURCE)
    is_same = watched_month(transaction, year_ago, SOURCE) == until.plus(-12)
    kept = _rows(transaction, year_ago) if is_same else ()
    before = {row.code: row.value for row in kept if not row.is_hidden}
    return {
        row.code: UnitLeave(
            code=row.code,
            name=row.name,
            rolling=row.value,
            target=row.compared,
            before=before.get(row.code),
            is_raised=row.signal is not None,
            is_hidden=row.is_hidden,
        )
        for row in _rows(transaction, period)
    }


def _rows(transaction: Transaction, period: Period) -> Sequence[Any]:
    found = transaction.rows("signals/list_latest", period=period.first_day)
    return [row for row in found if row.source == SOURCE and row.scope == UNIT]


def _queue(
    month: Month,
    post: MonthPost,
    address: str,
    role: str,
    units: Sequence[UnitLeave],
    meet: str,
    why: str,
) -> bool:
    key = MailKey(post.period, KIND, role, address.lower())
    until = watched_month(post.transaction, post.period, SOURCE)
    values = SjukfranvaroMote(
        organisation=post.organisation,
        would_have_gone_to=post.outbox.would_have_gone_to(key.address),
        period=post.period.swedish,
        quarter=quarter_words(post.period),
        meet=meet,
        book_by=day_words(
            add_working_days(post.today, BOOK_WORKING_DAYS, free_days=post.calendar.ladder.free_days)
        ),
        units=tuple(
            SickLeaveUnit(unit=unit.name, rolling=unit.shown, change=unit.change, signal=unit.signal)
            for unit in units
        ),
        until="" if until == post.period else f"till och med {until.swedish}",
        sources=_sources(month, post),
        next_step=_next_step(month, post),
        why_you=why,
    )
    reply_to = month.installation.config.sick_leave.hr_email or month.installation.settings.operator
    return post.outbox.queue(post.transaction, key, values, required=False, reply_to=reply_to) is not None


def _next_step(month: Month, post: MonthPost) -> str:
    following = next_meeting_month(post.period, month.installation.config.sick_leave.meeting_months)
    about = date_words(post.calendar.next_figures(following.plus(-1)))
    until = following.plus(-month.installation.config.lags.get(SOURCE, 0))
    return f"Nästa underlag, om {until.swedish}, kommer omkring den {about}."


def _sources(month: Month, post: MonthPost) -> tuple[str, ...]:
    delivery = delivery_in_month(post.transaction, SOURCE, post.period, month.installation.config.lags)
    return () if delivery is None else (delivered_words(source_title(SOURCE), delivery),)


def _units(units: Sequence[UnitLeave]) -> str:
    return "enheten" if len(units) == 1 else "enheterna"
