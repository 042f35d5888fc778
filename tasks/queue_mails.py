"""The step that queues the month's deviation mails: one to a receiver, with a part for each unit."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sql.database import Transaction
from tasks.deviation_mail import Letter, deviation_mail, warning_of
from tasks.month import Month
from tasks.outbox import MailKey, Outbox, open_outbox
from tasks.register import read_register
from tasks.rules.fingerprint import fingerprint
from tasks.rules.mail_occasions import Decision, EarlierMail, UnitWarning, decide_mail
from tasks.rules.month_state import Step
from tasks.rules.organisation import Register
from tasks.rules.recipients import Contacts, Fallback, Recipient, group_units, recipient_of

STEP: Step = "queue_mails"
KIND = "avvikelse"
WITHDRAWN = "Inget larm kvar att berätta om sedan uppgifterna rättades."


@dataclass(frozen=True)
class Earlier:
    """A mail about the month that is already in the outbox."""

    id: int
    role: str
    mail: EarlierMail


@dataclass(frozen=True)
class Gathered:
    """The warnings of the month, their receivers, and what each was mailed before."""

    assessment: int
    version: int
    units: Mapping[str, Any]
    recipients: Mapping[str, Recipient]
    earlier: Mapping[str, Sequence[Earlier]]
    deliveries: Mapping[int, Any]
    register: Register
    outbox: Outbox


def queue_mails(month: Month) -> dict[str, int]:
    """Queue, replace or withdraw mails; of a month that was done before, nothing new unless it is asked for.

    Where no new mail is wanted (`none`), nothing is decided before a run that wants them.
    Returns how many mails were queued, replaced and withdrawn.
    """
    if month.options.no_mail:
        month.progress("inga mejl köas (--no-mail)")
        return {}
    with month.saving() as transaction:
        found = transaction.row("month/find_month", period=month.period.first_day)
        gathered = _gather(month, transaction)
        done_before = found is not None and gathered.outbox.mode in found.done_in
        asked_for = done_before and month.options.mails == "changed"
        mark = fingerprint(
            [gathered.version, gathered.outbox.mode, _letters_mark(month, gathered), asked_for]
        )
        counts = month.made_before(transaction, STEP, mark)
        made = counts is None
        if made and month.options.mails == "none" and not done_before:
            return _wait(month, transaction)
        if counts is None:
            silent = done_before and not asked_for
            counts = {} if silent else _queue_all(month, transaction, gathered)
            month.remember(transaction, STEP, mark, counts)
        month.advance(transaction, STEP, "done", made=made)
    month.progress(_told(counts) if made else "inget nytt att mejla")
    return counts


def _wait(month: Month, transaction: Transaction) -> dict[str, int]:
    """Leave the step unmade, whatever it was made of before, so that the next run makes it."""
    transaction.run("month/forget_steps", period=month.period.first_day, steps=[STEP])
    month.advance(transaction, STEP, "skipped", made=False)
    month.progress("inga nya mejl köas (--mails none)")
    return {}


def _letters_mark(month: Month, gathered: Gathered) -> Any:
    """Return what makes the letters what they are, beside the assessment."""
    config = month.installation.config
    receivers = {unit: [who.address, who.role] for unit, who in gathered.recipients.items()}
    return [receivers, config.as_data("plan", "mail"), gathered.outbox.redirect]


def _gather(month: Month, transaction: Transaction) -> Gathered:
    assessment = transaction.row("assessment/find_latest", period=month.period.first_day)
    if assessment is None:
        raise LookupError("the month is not assessed")
    units = {
        unit.unit: unit
        for unit in transaction.rows("assessment/list_units", assessment=assessment.id)
        if unit.signal is not None
    }
    outbox = open_outbox(month, transaction)
    register = read_register(transaction, month.period)
    return Gathered(
        assessment=assessment.id,
        version=assessment.version,
        units=units,
        recipients=_recipients(month, register, list(units)),
        earlier=_earlier(month, transaction, outbox),
        deliveries={
            row.id: row for row in transaction.rows("assessment/list_deliveries", assessment=assessment.id)
        },
        register=register,
        outbox=outbox,
    )


def _recipients(month: Month, register: Register, units: Sequence[str]) -> dict[str, Recipient]:
    settings = month.installation.settings
    fallback = Fallback(settings.controller_email, settings.operator)
    return {unit: recipient_of(_contacts(register, unit, month), fallback) for unit in units}


def _contacts(register: Register, code: str, month: Month) -> Contacts:
    unit = register.unit(code, month.period)
    if unit is None:
        return Contacts()
    return Contacts(unit.manager_email, unit.deputy_email, unit.controller_email)


def _earlier(month: Month, transaction: Transaction, outbox: Outbox) -> dict[str, list[Earlier]]:
    rows = transaction.rows("mail/list_occasions", period=month.period.first_day, kind=KIND, mode=outbox.mode)
    carried: dict[int, list[UnitWarning]] = {}
    for row in rows:
        if row.unit is not None:
            carried.setdefault(row.id, []).append(UnitWarning(row.unit, row.level, row.direction))
    earlier: dict[str, list[Earlier]] = {}
    for row in {row.id: row for row in rows}.values():
        mail = EarlierMail(row.occasion, row.state, tuple(carried.get(row.id, ())))
        earlier.setdefault(row.address, []).append(Earlier(row.id, row.recipient_role, mail))
    return earlier


def _queue_all(month: Month, transaction: Transaction, gathered: Gathered) -> dict[str, int]:
    groups = {group.address.lower(): group for group in group_units(gathered.recipients)}
    counts: Counter[str] = Counter()
    for address in [*groups, *(one for one in gathered.earlier if one not in groups)]:
        group, earlier = groups.get(address), gathered.earlier.get(address, [])
        units = [] if group is None else [gathered.units[unit] for unit, _ in group.units]
        decision = decide_mail([warning_of(unit) for unit in units], [each.mail for each in earlier])
        role = earlier[0].role if earlier else "" if group is None else group.role
        _carry_out(month, transaction, gathered, decision, MailKey(month.period, KIND, role, address))
        counts[decision.action] += 1
    return dict(counts)


def _carry_out(
    month: Month, transaction: Transaction, gathered: Gathered, decision: Decision, key: MailKey
) -> None:
    earlier = gathered.earlier.get(key.address, [])
    if decision.action == "withdraw":
        unsent = next(each.id for each in earlier if each.mail.occasion == decision.occasion)
        transaction.run("mail/withdraw_mail", mail=unsent, reason=WITHDRAWN)
    elif decision.occasion is not None:
        letter = _letter(gathered, decision, key.address)
        values = deviation_mail(
            letter,
            month.period,
            gathered.deliveries,
            organisation=month.installation.config.mail.administration,
            would_have_gone_to=gathered.outbox.would_have_gone_to(key.address),
        )
        gathered.outbox.queue(
            transaction,
            MailKey(key.period, key.kind, key.role, key.address, occasion=decision.occasion),
            values,
            required=True,
            reply_to=_reply_to(month, gathered.register, letter),
            warnings=decision.warnings,
            assessment=gathered.assessment,
        )


def _letter(gathered: Gathered, decision: Decision, address: str) -> Letter:
    earlier = [
        each.mail for each in gathered.earlier.get(address, []) if each.mail.occasion != decision.occasion
    ]
    return Letter(
        address=address,
        units=[gathered.units[warning.unit] for warning in decision.warnings],
        recipients=gathered.recipients,
        told=frozenset(warning.unit for mail in earlier for warning in mail.warnings),
        second=any(mail.warnings for mail in earlier),
    )


def _reply_to(month: Month, register: Register, letter: Letter) -> str:
    """Return who answers the receiver: the controller of the first unit, else the configured one."""
    unit = register.unit(letter.units[0].unit, month.period)
    settings = month.installation.settings
    own = None if unit is None else unit.controller_email
    return recipient_of(Contacts(), Fallback(own or settings.controller_email, settings.operator)).address


def _told(counts: Mapping[str, int]) -> str:
    words = {"queue": "nya", "replace": "utbytta", "withdraw": "återtagna"}
    parts = [f"{counts[action]} {words[action]}" for action in words if counts.get(action)]
    return ", ".join(parts) if parts else "inget nytt att mejla"
