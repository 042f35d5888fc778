"""The step that tells those who answer for activities that have passed their last day."""

from collections.abc import Sequence
from datetime import date

from notifications.mails.aktivitet_sen import AktivitetSen, LateActivity
from tasks.figures.current_deliveries import current_deliveries
from tasks.figures.delivered_rows import delivered_rows
from tasks.installation import Installation
from tasks.outbox.month_post import MonthPost, open_month_post
from tasks.outbox.queue_mail import MailKey
from tasks.outbox.words import delivered_words, source_title
from tasks.rules.delivered import Delivered, Delivery
from tasks.rules.organisation import Register
from tasks.rules.outbox.recipients import Contacts, Recipient, recipient_of
from tasks.rules.periods import Period, add_working_days, is_working_day
from tasks.rules.plans.late_activities import (
    Activity,
    ToldActivity,
    is_told,
    late_activities,
    may_be_written_to,
)
from tasks.rules.swedish import counted, date_words, day_words, joined

KIND, SOURCE = "aktivitet_sen", "aktiviteter"
ROLES = {"chef": "ansvarig", "controller": "controller", "operator": "operator"}
ANSWER_WORKING_DAYS = 5
LATE = "förbi slutdatum"
"""What a mail carries of an activity, in place of a unit's warning, beside its name and last day."""
RESPONSIBLE = "Du får det här eftersom du står som ansvarig för aktiviteterna."


def chase_activities(installation: Installation, today: date) -> list[str]:
    """Queue one mail a person about the late activities that nobody was told of; return what was, in words.

    Those of the newest delivery, each once for its last day. Nobody is told on a day when nothing is sent.
    """
    with installation.database.transaction() as transaction:
        delivered = current_deliveries(transaction, [SOURCE], Period.of(today))
        if not delivered:
            return []
        newest = delivered[-1]
        post = open_month_post(installation, transaction, newest.period, today)
        if not is_working_day(today, free_days=post.calendar.ladder.free_days):
            return []
        rows = delivered_rows(transaction, SOURCE, post.period, post.period)
        groups = _untold(post, late_activities(map(_activity, rows), today))
        return [_queue(installation, post, newest, to, own) for to, own in groups]


def _activity(row: Delivered) -> Activity:
    return Activity(
        name=row.item or "",
        responsible=row.text("ansvarig_epost") or "",
        start=_day(row, "startdatum"),
        end=_day(row, "slutdatum"),
        comment=row.text("avvikelse") or "",
        row=row.row_no,
        state=row.text("lage") or "",
    )


def _day(row: Delivered, column: str) -> date:
    return date.fromisoformat(row.text(column) or "")


def _untold(post: MonthPost, late: Sequence[Activity]) -> list[tuple[Recipient, list[Activity]]]:
    """Put the activities that are to be told together by receiver.

    A mail carries an activity by its name: one of the same name with another last day waits for the next.
    """
    told = [
        ToldActivity(row.name, date.fromisoformat(row.last_day), row.address, row.failed)
        for row in post.transaction.rows("outbox/list_told_activities", mode=post.outbox.mode)
    ]
    known = _known(post.receivers.register, post.period)
    groups: dict[str, tuple[Recipient, list[Activity]]] = {}
    for each in late:
        to = _receiver(post, known, each)
        own = groups.get(to.address.lower(), (to, []))[1]
        if not is_told(each, to.address, told) and all(each.name != other.name for other in own):
            groups.setdefault(to.address.lower(), (to, own))[1].append(each)
    return list(groups.values())


def _known(register: Register, period: Period) -> frozenset[str]:
    """Return every address of the register in the month, in lower case."""
    units = register.all_valid(period)
    texts = [
        text for unit in units for text in (unit.manager_email, unit.deputy_email, unit.controller_email)
    ]
    return frozenset(text.strip().lower() for text in texts if text)


def _receiver(post: MonthPost, known: frozenset[str], activity: Activity) -> Recipient:
    reach, address = post.receivers.reach, activity.responsible
    own = address if may_be_written_to(address, known, reach) else None
    return recipient_of(Contacts(manager=own), post.receivers.fallback, reach)


def _queue(
    installation: Installation,
    post: MonthPost,
    newest: Delivery,
    to: Recipient,
    activities: Sequence[Activity],
) -> str:
    role, address, step = ROLES[to.role], to.address.lower(), str(post.today)
    occasion = post.transaction.value(
        "outbox/next_occasion",
        period=post.period.first_day,
        kind=KIND,
        role=role,
        address=address,
        step=step,
        mode=post.outbox.mode,
    )
    key = MailKey(post.period, KIND, role, address, step=step, occasion=occasion)
    answer_by = add_working_days(post.today, ANSWER_WORKING_DAYS, free_days=post.calendar.ladder.free_days)
    following = max(post.period, Period.of(post.today).plus(-1))
    values = AktivitetSen(
        organisation=post.organisation,
        would_have_gone_to=post.trial(to),
        period=post.period.swedish,
        activities=tuple(
            LateActivity(
                name=each.name,
                start=date_words(each.start),
                end=date_words(each.end),
                deviation=each.comment,
            )
            for each in activities
        ),
        answer_by=day_words(answer_by),
        next_step="Nästa lista ur ledningssystemet läses omkring den "
        f"{day_words(post.calendar.next_figures(following))}.",
        sources=(f"{delivered_words(source_title(SOURCE), newest)}, rad {_rows(activities)}",),
        why_you=RESPONSIBLE if to.role == "chef" else _in_the_place_of(activities),
    )
    reply_to = installation.settings.controller_email or installation.settings.operator
    mail = post.outbox.queue(post.transaction, key, values, required=False, reply_to=reply_to)
    carried = [
        {"mail": mail, "unit": each.name, "level": LATE, "direction": str(each.end), "assessment": None}
        for each in activities
    ]
    post.transaction.run_many("outbox/insert_warning", carried)
    late = counted(len(activities), "aktivitet", "aktiviteter")
    return f"Förbi slutdatum: {late}, till {to.address}"


def _rows(activities: Sequence[Activity]) -> str:
    return joined([str(each.row) for each in sorted(activities, key=lambda each: each.row)])


def _in_the_place_of(activities: Sequence[Activity]) -> str:
    """Say who can't be written to: whoever reads it knows how to reach them."""
    named = sorted({each.responsible for each in activities if each.responsible})
    if not named:
        return "Du får det här eftersom ingen ansvarig är angiven."
    return f"Du får det här eftersom vi inte kan skriva till {joined(named)}, som står som ansvarig."
