"""The step that queues what tells of trouble: receipts of refused files, and why a month stopped."""

from typing import Any

from notifications.mails.korning_stoppad import KorningStoppad
from notifications.mails.kvitto_nekad import KvittoNekad, Problem
from sql.database import Transaction
from tasks.calendar import swedish_free_days
from tasks.clock import STOCKHOLM
from tasks.month import Month
from tasks.outbox import MailKey, Outbox, open_outbox
from tasks.rules.fingerprint import fingerprint
from tasks.rules.periods import Period
from tasks.rules.recipients import Contacts, Fallback, recipient_of
from tasks.rules.swedish import day_words
from tasks.rules.working_days import working_day_of_month
from tasks.sources import all_sources

RECEIPT = "kvitto_nekad"
STOPPED = "korning_stoppad"
REGISTER_WANTED = "Lägg organisationsregistret i inkorgen, så att enheterna bedöms."
STEP_TITLES = {
    "receive_deliveries": "ta in leveranser",
    "check_month": "kontrollera underlag",
    "assess_units": "bedöma enheter",
    "queue_mails": "köa mejl",
    "write_report": "skriva rapport",
}


def queue_notices(month: Month) -> int:
    """Queue receipts that nobody has been sent, and what stopped the month; return how many."""
    if month.options.no_mail:
        return 0
    with month.saving() as transaction:
        outbox = open_outbox(month, transaction)
        refused = transaction.rows("delivery/list_refused_unmailed", mode=outbox.mode)
        for delivery in refused:
            _queue_receipt(month, transaction, outbox, delivery)
        stopped = _queue_stop(month, transaction, outbox)
    queued = len(refused) + stopped
    month.progress(f"{queued} till drift och leverantörer" if queued else "inga")
    return queued


def _queue_receipt(month: Month, transaction: Transaction, outbox: Outbox, delivery: Any) -> None:
    config, settings = month.installation.config, month.installation.settings
    own = config.sources.get(delivery.source)
    supplier = own.leverantor_epost if own is not None and own.leverantor_epost else None
    to = recipient_of(Contacts(manager=supplier), Fallback(None, settings.operator))
    period = Period.of(delivery.period)
    role = "operator" if to.role == "operator" else "leverantor"
    key = MailKey(period, RECEIPT, role, to.address.lower(), step=delivery.mail_step)
    outbox.queue(transaction, key, _receipt(month, outbox, delivery, key.address), required=False)


def _receipt(month: Month, outbox: Outbox, delivery: Any, address: str) -> KvittoNekad:
    receipt, period = delivery.receipt, Period.of(delivery.period)
    left_out = receipt["problem_count"] - len(receipt["problems"])
    return KvittoNekad(
        organisation=month.installation.config.mail.administration,
        would_have_gone_to=outbox.would_have_gone_to(address),
        file=receipt["file"],
        source=receipt["source_title"],
        period=period.swedish,
        received=_clock_words(delivery.received_at),
        problem_count=str(receipt["problem_count"]),
        problems=tuple(_problem(each) for each in receipt["problems"]),
        left_out=str(left_out) if left_out else "",
        needed_by=_needed_by(month, delivery.source, period),
    )


def _problem(told: dict[str, Any]) -> Problem:
    return Problem(
        row=str(told["row"] or ""),
        column=told["column"] or "",
        value=told["value"] or "",
        rule=told["rule"],
        remedy=told["remedy"],
    )


def _needed_by(month: Month, source: str, period: Period) -> str:
    """Return the source's deadline in words; empty when it has passed."""
    after = period.plus(1)
    day = working_day_of_month(
        after, all_sources()[source].deadline, free_days=swedish_free_days(range(after.year, after.year + 1))
    )
    return day_words(day) if day >= month.today else ""


def _queue_stop(month: Month, transaction: Transaction, outbox: Outbox) -> int:
    found = transaction.row("month/find_month", period=month.period.first_day)
    checked = transaction.row("month/find_step", period=month.period.first_day, step="check_month")
    lacking = {} if checked is None else checked.result
    stopped = found is not None and found.state in ("failed", "incomplete")
    nobody = "" if stopped else _nobody_assessed(month, transaction)
    if found is None or not (stopped or lacking.get("reason") or nobody):
        return 0
    reason = found.reason or "" if stopped else "; ".join(filter(None, (lacking.get("reason"), nobody)))
    step = (found.step if stopped else "check_month") or ""
    address = month.installation.settings.operator.lower()
    # A stop is told once a day for the same reason, a month that was run anyway once.
    told = fingerprint([found.state if stopped else "ran anyway", step, reason])[:12]
    mark = f"{month.today} {told}" if stopped else told
    key = MailKey(month.period, STOPPED, "operator", address, step=mark)
    values = KorningStoppad(
        organisation=month.installation.config.mail.administration,
        would_have_gone_to=outbox.would_have_gone_to(address),
        period=month.period.swedish,
        failed=found.state == "failed",
        finished=not stopped,
        step=STEP_TITLES.get(step, step),
        stopped=_clock_words(month.installation.clock.now()),
        reason=reason.rstrip("."),
        mails=_mails_words(stopped=stopped),
        actions=(*_actions(month, found.state, lacking), *([REGISTER_WANTED] if nobody else [])),
        command=f"manad run {month.period}",
        missing=_missing(lacking),
    )
    return int(outbox.queue(transaction, key, values, required=False))


def _nobody_assessed(month: Month, transaction: Transaction) -> str:
    """Say why a month that has run warns of nothing at all; empty when it had units."""
    assessment = transaction.row("assessment/find_latest", period=month.period.first_day)
    if assessment is None or assessment.units_valid:
        return ""
    return "organisationsregister saknas: inga enheter har bedömts"


def _mails_words(*, stopped: bool) -> str:
    if stopped:
        return "Inga mejl om avvikelser har skickats i den här körningen"
    return "Månaden kördes ändå, med det underlag som finns"


def _missing(lacking: dict[str, Any]) -> tuple[str, ...]:
    sources = [all_sources()[name].title for name in lacking.get("missing", ()) if name in all_sources()]
    partly = [
        f"{all_sources()[each['source']].title}: {len(each['absent'])} av {each['expected']} enheter"
        for each in lacking.get("coverage", ())
        if each["absent"]
    ]
    return (*sources, *partly)


def _actions(month: Month, state: str, lacking: dict[str, Any]) -> tuple[str, ...]:
    if state == "failed":
        return ("Åtgärda felet.", f"Se läget med manad status {month.period}.")
    if lacking.get("missing"):
        return ("Lägg filerna som saknas i inkorgen.",)
    if not lacking.get("reason"):
        return ()
    return ("Be leverantören om en fil med alla enheter.",)


def _clock_words(moment: Any) -> str:
    return f"{moment.astimezone(STOCKHOLM):%Y-%m-%d kl. %H.%M}"
