"""The step that queues what isn't about money: receipts, meetings about sick leave, why a month stopped."""

from notifications.mails.korning_stoppad import KorningStoppad
from sql.database import Transaction
from tasks.assessment.assessed import latest_assessment
from tasks.deliveries.check_month import month_check
from tasks.deliveries.held_mails import queue_held
from tasks.deliveries.receipt_mails import open_receipts, queue_receipts, queue_refusals
from tasks.deliveries.receive_deliveries import nearly_named
from tasks.month import Month
from tasks.outbox.month_post import open_month_post
from tasks.outbox.queue_mail import MailKey, Outbox
from tasks.outbox.words import clock_words
from tasks.rules.deliveries.completeness import NOTHING_LACKS, Completeness
from tasks.rules.deliveries.file_names import DeliveryName
from tasks.rules.deliveries.halves.needed import source_missing
from tasks.rules.json_values import fingerprint
from tasks.rules.operations.state import State
from tasks.rules.outbox.occasions import mails_are_wanted
from tasks.rules.state_words import step_title
from tasks.rules.swedish import mid_sentence
from tasks.signals.meeting_mails import queue_meetings
from tasks.sources import all_halves, all_sources

STOPPED = "korning_stoppad"
REGISTER_WANTED = "Lägg organisationsregistret i inkorgen, så att enheterna bedöms."


def queue_notices(month: Month) -> int:
    """Queue receipts that nobody has been sent, meetings, and what stopped the month; return how many."""
    if month.options.no_mail:
        return 0
    with month.saving() as transaction:
        post = open_receipts(month.installation, transaction, month.today)
        counts = {
            "till drift och leverantörer": queue_refusals(post, transaction)
            + queue_held(post, transaction)
            + (0 if month.options.mails == "none" else queue_receipts(post, transaction))
            + _queue_stop(month, transaction, post.outbox),
            "om möten": _meetings(month, transaction, post.outbox),
        }
    queued = [f"{count} {to}" for to, count in counts.items() if count]
    month.progress(", ".join(queued) if queued else "inga")
    return sum(counts.values())


def _meetings(month: Month, transaction: Transaction, outbox: Outbox) -> int:
    """Queue the month's meetings once it has come to its report."""
    known = month.known(transaction)
    if not known.has_reached("reported"):
        return 0
    if not mails_are_wanted(month.options.mails, done_before=outbox.mode in known.done_in):
        return 0
    return queue_meetings(month, open_month_post(month.installation, transaction, month.period, month.today))


def _queue_stop(month: Month, transaction: Transaction, outbox: Outbox) -> int:
    known = month.known(transaction)
    checked = month_check(transaction, month.period) or NOTHING_LACKS
    stopped = known.has_stopped
    nobody = "" if stopped else _nobody_assessed(month, transaction)
    if not (stopped or checked.reason or nobody):
        return 0
    reason = known.reason or "" if stopped else "; ".join(filter(None, (checked.reason, nobody)))
    step = (known.step if stopped else "check_month") or ""
    address = month.installation.settings.operator.lower()
    # A stop is told once a day for the same reason, a month that was run anyway once.
    stop = fingerprint([known.state if stopped else "ran anyway", step, reason])[:12]
    mark = f"{month.today} {stop}" if stopped else stop
    key = MailKey(month.period, STOPPED, "operator", address, step=mark)
    values = KorningStoppad(
        organisation=month.installation.config.mail.administration,
        would_have_gone_to=outbox.would_have_gone_to(address),
        period=month.period.swedish,
        failed=known.state == "failed",
        finished=not stopped,
        step=mid_sentence(step_title(step)),
        stopped=clock_words(month.installation.clock.now()),
        reason=reason.rstrip("."),
        mails=_mails_words(stopped=stopped),
        actions=(*_actions(month, known.state, checked), *([REGISTER_WANTED] if nobody else [])),
        command=f"manad run {month.period}",
        missing=_missing(month, checked),
    )
    return int(outbox.queue(transaction, key, values, required=False) is not None)


def _nobody_assessed(month: Month, transaction: Transaction) -> str:
    """Say why a month that has run warns of nothing at all; empty when it had units."""
    assessment = latest_assessment(transaction, month.period)
    if assessment is None or assessment.units_valid:
        return ""
    return "organisationsregister saknas: inga enheter har bedömts"


def _mails_words(*, stopped: bool) -> str:
    if stopped:
        return "Inga mejl om avvikelser har skickats i den här körningen"
    return "Månaden kördes ändå, med det underlag som finns"


def _missing(month: Month, checked: Completeness) -> tuple[str, ...]:
    """Name what lacks; a file that lies there under a nearly right name is told with the right one."""
    nearly = nearly_named(month.options.inbox, month.period, month.installation.config.lags)
    missing = [source_missing(name, all_halves()) for name in checked.missing_sources]
    sources = [
        checked.called(name, all_sources()[name].title) + _file(name, checked, nearly.get(name))
        for name in missing
        if name in all_sources()
    ]
    partly = [
        f"{checked.called(coverage.source, all_sources()[coverage.source].title)}: "
        f"{len(coverage.absent)} av {coverage.expected} enheter"
        for coverage in checked.partly
    ]
    return (*sources, *partly)


def _file(source: str, checked: Completeness, nearly: tuple[str, DeliveryName] | None) -> str:
    """Name the file that lies there under a nearly right name, or that is to be of another month."""
    if nearly is not None:
        return f": {nearly[0]} ligger i inkorgen och ska heta {nearly[1]}"
    month = checked.months.get(source)
    return "" if month is None else f": filen ska heta {source}_{month}"


def _actions(month: Month, state: State, checked: Completeness) -> tuple[str, ...]:
    if state == "failed":
        return ("Åtgärda felet.", f"Se läget med manad status {month.period}.")
    waiting = [name for name in checked.missing_sources if name in checked.held]
    if checked.missing_sources:
        release = (f"Släpp in eller neka det som är hållet: se manad status {month.period}.",)
        files = ("Lägg filerna som saknas i inkorgen.",)
        return (
            *(release if waiting else ()),
            *(files if len(waiting) < len(checked.missing_sources) else ()),
        )
    if not checked.reason:
        return ()
    return ("Be leverantören om en fil med alla enheter.",)
