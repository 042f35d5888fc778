"""The mails that say that nothing is wrong: to managers all of whose units are assessed and unwarned."""

from collections import Counter
from collections.abc import Mapping, Sequence

from notifications.mails.i_balans import IBalans, UnitInBalance
from tasks.assessment.assessed import AssessedMonth
from tasks.outbox.month_post import MonthPost, why_you
from tasks.outbox.queue_mail import MailKey
from tasks.outbox.words import delivered_words, source_title
from tasks.rules.assessment.assessed_unit import AssessedUnit
from tasks.rules.delivered import Delivery
from tasks.rules.outbox.occasions import UnitVerdict, decide_all_clear
from tasks.rules.outbox.recipients import Recipient, Role, group_units
from tasks.warnings.earlier_mails import MonthMail

KIND = "i_balans"
WARNED = "En av enheterna har en varning sedan uppgifterna rättades."
MANAGERS: frozenset[Role] = frozenset({"chef", "ersattare"})


def queue_all_clears(post: MonthPost, now: AssessedMonth, earlier: Mapping[str, Sequence[MonthMail]]) -> int:
    """Queue or withdraw the month's all-clears; return how many were queued.

    earlier: what each address was told of the month before.
    """
    counts: Counter[str] = Counter()
    for group in group_units({unit: post.receivers.of_unit(unit) for unit in now.units}):
        if group.role not in MANAGERS:
            continue
        address, own = group.address.lower(), [now.units[unit] for unit, _ in group.units]
        before = [mail for mail in earlier.get(address, ()) if mail.kind == KIND]
        decision = decide_all_clear(
            [_verdict(unit) for unit in own],
            [mail.told for mail in earlier.get(address, ()) if mail.kind != KIND],
            [mail.told for mail in before],
        )
        if decision.action == "withdraw":
            post.transaction.run("outbox/withdraw_mail", mail=before[0].id, reason=WARNED)
        elif decision.occasion is not None:
            role = before[0].role if before else group.role
            _queue(post, Recipient(group.address, group.role), role, own, now.ledger())
        counts[decision.action] += 1
    return counts["queue"]


def _verdict(unit: AssessedUnit) -> UnitVerdict:
    return "unknown" if unit.deviation is None else unit.signal or "unwarned"


def _queue(
    post: MonthPost, to: Recipient, role: str, units: Sequence[AssessedUnit], ledger: Sequence[Delivery]
) -> None:
    values = IBalans(
        organisation=post.organisation,
        would_have_gone_to=post.trial(to),
        why_you=why_you(to),
        period=post.period.swedish,
        year=str(post.period.year),
        units=tuple(_in_balance(unit) for unit in units),
        sources=tuple(delivered_words(source_title(delivery.source), delivery) for delivery in ledger),
        next_step=post.next_news,
    )
    post.outbox.queue(
        post.transaction,
        MailKey(post.period, KIND, role, to.address.lower()),
        values,
        required=False,
        reply_to=post.receivers.controller_of(units[0].code).address,
    )


def _in_balance(unit: AssessedUnit) -> UnitInBalance:
    row, compared = unit.row, unit.compared
    return UnitInBalance(
        unit=unit.name,
        budget=row.amount(compared.budget),
        forecast=row.amount(compared.forecast),
        deviation=unit.deviation_words,
    )
