"""The step that queues what the month tells managers: warnings, corrections of what was told, all-clears."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from notifications.charts import YearChart, draw
from sql.database import Transaction
from tasks.assessment.assessed import assessed_month, known_assessment
from tasks.deliveries.held_deliveries import doubtful_units
from tasks.month import Month
from tasks.outbox.month_post import MonthPost, open_month_post
from tasks.outbox.queue_mail import MailKey
from tasks.plans.year_picture import chart_of_unit
from tasks.rules.assessment.assessed_unit import AssessedUnit
from tasks.rules.delivered import Delivery
from tasks.rules.json_values import fingerprint
from tasks.rules.operations.state import Step
from tasks.rules.outbox.occasions import Decision, decide_mail, last_words, mails_are_wanted
from tasks.rules.outbox.recipients import Recipient, group_units
from tasks.warnings.all_clear_mails import KIND as ALL_CLEAR
from tasks.warnings.all_clear_mails import queue_all_clears
from tasks.warnings.correction_mails import open_corrections
from tasks.warnings.deviation_mail import Letter, PlanInMail, deviation_mail, plans_in_mails, warning_of
from tasks.warnings.earlier_mails import CORRECTION, MonthMail, earlier_mails

STEP: Step = "queue_mails"
KIND = "avvikelse"
TELLING = (KIND, CORRECTION, ALL_CLEAR)
WITHDRAWN = "Inget larm kvar att berätta om sedan uppgifterna rättades."


@dataclass(frozen=True)
class Mailing:
    """What a month's mails are made of: its warned units, their receivers, and what each was mailed before.

    earlier: by address. plans, charts: by unit, of those that have one.
    """

    assessment: int
    version: int
    units: Mapping[str, AssessedUnit]
    recipients: Mapping[str, Recipient]
    earlier: Mapping[str, Sequence[MonthMail]]
    deliveries: Mapping[int, Delivery]
    post: MonthPost
    plans: Mapping[str, PlanInMail]
    charts: Mapping[str, YearChart]

    def mails(self, address: str, kind: str) -> list[MonthMail]:
        """Return what a receiver was mailed before, of one kind."""
        return [mail for mail in self.earlier.get(address, ()) if mail.kind == kind]


def queue_mails(month: Month) -> dict[str, int]:
    """Queue, replace or withdraw mails; of a month that was done before, nothing new unless it is asked for.

    Where no new mail is wanted (`none`), nothing is decided before a run that wants them.
    Returns how many mails were queued, replaced and withdrawn.
    """
    if month.options.no_mail:
        month.progress("inga mejl köas (--no-mail)")
        return {}
    with month.saving() as transaction:
        known = month.known(transaction)
        mailing = _gather(month, transaction)
        done_before = mailing.post.outbox.mode in known.done_in
        asked_for = done_before and month.options.mails == "changed"
        mark = fingerprint(
            [mailing.version, mailing.post.outbox.mode, _letters_mark(month, mailing), asked_for]
        )
        counts = month.made_before(transaction, STEP, mark)
        made = counts is None
        if made and month.options.mails == "none" and not done_before:
            return _wait(month, transaction)
        if counts is None:
            wanted = mails_are_wanted(month.options.mails, done_before=done_before)
            counts = _queue_all(month, transaction, mailing) if wanted else {}
            month.remember(transaction, STEP, mark, counts)
        month.advance(transaction, STEP, "done", made=made)
    month.progress(_counts_words(counts) if made else "inget nytt att mejla")
    return dict(counts)


def _wait(month: Month, transaction: Transaction) -> dict[str, int]:
    """Leave the step unmade, whatever it was made of before, so that the next run makes it."""
    transaction.run("operations/forget_steps", period=month.period.first_day, steps=[STEP])
    month.advance(transaction, STEP, "skipped", made=False)
    month.progress("inga nya mejl köas (--mails none)")
    return {}


def _letters_mark(month: Month, mailing: Mailing) -> list[object]:
    """Return what makes the letters what they are, beside the assessment."""
    config = month.installation.config
    receivers = {unit: [who.address, who.role] for unit, who in mailing.recipients.items()}
    return [receivers, config.as_data("plan", "mail"), mailing.post.outbox.redirect]


def _gather(month: Month, transaction: Transaction) -> Mailing:
    assessment = known_assessment(transaction, month.period)
    assessed = assessed_month(transaction, assessment.id)
    doubtful = doubtful_units(transaction, month.period, month.installation.config.lags)
    units = {
        code: unit
        for code, unit in assessed.units.items()
        if unit.signal is not None and code not in doubtful
    }
    post = open_month_post(month.installation, transaction, month.period, month.today)
    charts = {code: chart_of_unit(month.period, unit) for code, unit in units.items()}
    return Mailing(
        assessment=assessment.id,
        version=assessment.version,
        units=units,
        recipients={unit: post.receivers.of_unit(unit) for unit in units},
        earlier=earlier_mails(transaction, month.period, post.outbox.mode, TELLING),
        deliveries=assessed.deliveries,
        post=post,
        plans=plans_in_mails(post, units.values()),
        charts={code: chart for code, chart in charts.items() if chart is not None},
    )


def _queue_all(month: Month, transaction: Transaction, mailing: Mailing) -> dict[str, int]:
    groups = {group.address.lower(): group for group in group_units(mailing.recipients)}
    corrections = open_corrections(mailing.post, mailing.assessment, mailing.earlier)
    counts: Counter[str] = Counter()
    for address in [*groups, *(address for address in mailing.earlier if address not in groups)]:
        group = groups.get(address)
        units = [] if group is None else [mailing.units[unit] for unit, _ in group.units]
        warned, corrected = mailing.mails(address, KIND), mailing.mails(address, CORRECTION)
        decision = decide_mail(
            [warning_of(unit) for unit in units],
            [mail.told for mail in warned],
            [mail.told for mail in corrected],
        )
        role = warned[0].role if warned else "" if group is None else group.role
        _carry_out(month, transaction, mailing, decision, MailKey(month.period, KIND, role, address))
        counts[decision.action] += 1
        told_anew = {warning.unit for warning in decision.warnings}
        correction = corrections.queue(address, [*warned, *corrected], told_anew)
        counts[CORRECTION] += correction.action in ("queue", "replace")
    if month.installation.config.mail.all_clear:
        counts[ALL_CLEAR] += queue_all_clears(mailing.post, corrections.now, mailing.earlier)
    return dict(+counts)


def _carry_out(
    month: Month, transaction: Transaction, mailing: Mailing, decision: Decision, key: MailKey
) -> None:
    if decision.action == "withdraw":
        warned = mailing.mails(key.address, KIND)
        unsent = next(mail.id for mail in warned if mail.told.occasion == decision.occasion)
        transaction.run("outbox/withdraw_mail", mail=unsent, reason=WITHDRAWN)
    elif decision.occasion is not None:
        letter = _letter(mailing, decision, key.address)
        values = deviation_mail(
            letter,
            month.period,
            mailing.deliveries,
            organisation=month.installation.config.mail.administration,
            would_have_gone_to=mailing.post.outbox.would_have_gone_to(key.address),
        )
        mailing.post.outbox.queue(
            transaction,
            MailKey(key.period, key.kind, key.role, key.address, occasion=decision.occasion),
            values,
            required=True,
            reply_to=mailing.post.receivers.controller_of(letter.units[0].code).address,
            warnings=decision.warnings,
            assessment=mailing.assessment,
            pictures={cid: draw(chart) for cid, chart in letter.pictures.items()},
        )


def _letter(mailing: Mailing, decision: Decision, address: str) -> Letter:
    before = [mail.told for mail in mailing.mails(address, KIND) if mail.told.occasion != decision.occasion]
    corrections = [mail.told for mail in mailing.mails(address, CORRECTION)]
    words = last_words([*before, *corrections])
    return Letter(
        address=address,
        units=[mailing.units[warning.unit] for warning in decision.warnings],
        recipients=mailing.recipients,
        warned_before=frozenset(unit for unit, word in words.items() if word.warning.level != "inget"),
        second=any(mail.warnings for mail in before),
        plans=mailing.plans,
        charts=mailing.charts,
    )


def _counts_words(counts: Mapping[str, int]) -> str:
    words = {
        "queue": "nya",
        "replace": "utbytta",
        "withdraw": "återtagna",
        CORRECTION: "rättelser",
        ALL_CLEAR: "utan varning",
    }
    parts = [f"{counts[action]} {words[action]}" for action in words if counts.get(action)]
    return ", ".join(parts) if parts else "inget nytt att mejla"
