"""The steps that mail the operator of what can't tell of itself: a run that died, a month that nobody ran."""

from collections.abc import Sequence
from datetime import date

from notifications.mails.korning_stoppad import KorningStoppad
from tasks.calendar import swedish_free_days
from tasks.installation import Installation
from tasks.month import known_month
from tasks.outbox.queue_mail import MailKey, Outbox, open_outbox
from tasks.outbox.words import clock_words
from tasks.rules.json_values import fingerprint
from tasks.rules.periods import Period, working_day_of_month
from tasks.rules.swedish import day_words

KIND = "korning_stoppad"
REASONS = {
    "Crashed": "Körningen dog: dess process avslutades, eller gav inget livstecken på 90 sekunder",
    "Failed": "Körningen stannade på ett fel",
}
SILENCE = "Den dagliga genomgången har inte gått på ett dygn: ingen arbetare lever, eller så är den pausad"
SENT = "Mejl som redan har gått skickas inte igen"


def tell_of_run(installation: Installation, day: date, event: str, run: str) -> bool:
    """Queue a mail about a run (its name; empty: of none at all), once a day for the same thing.

    event: the name of the event that told of it. Returns whether a mail was queued.
    """
    reason = REASONS.get(event.rpartition(".")[2] if run else "", SILENCE)
    period = _period_of(run) or Period.of(day)
    with installation.database.transaction() as transaction:
        outbox = open_outbox(installation, transaction)
        values = _values(
            installation,
            outbox,
            period,
            step=run or "daglig genomgång",
            reason=reason,
            actions=(
                "Se vad som hände i Prefects sidor och i loggarna.",
                "Kör om: det som är gjort görs inte om.",
            ),
            command="manad status",
        )
        key = _key(installation, period, f"{day} {fingerprint([event, run])[:12]}")
        return outbox.queue(transaction, key, values, required=False) is not None


def _period_of(run: str) -> Period | None:
    """Return the month that a run's name begins with."""
    try:
        return Period.parse(run.partition(" ")[0])
    except ValueError:
        return None


def tell_of_late_month(installation: Installation, day: date) -> bool:
    """Queue a mail, once, when the month before a day's isn't done by the working day that is set.

    Not before the first month was run: then nobody waits for any. Returns whether a mail was queued.
    """
    period = Period.of(day).plus(-1)
    n = installation.config.watch.done_by_working_day
    due = working_day_of_month(Period.of(day), n, free_days=swedish_free_days(range(day.year, day.year + 1)))
    if day <= due:
        return False
    with installation.database.transaction() as transaction:
        known = known_month(transaction, period)
        before = transaction.value("operations/find_earlier_month", period=period.first_day)
        if before is None or (known is not None and known.state == "done"):
            return False
        outbox = open_outbox(installation, transaction)
        values = _values(
            installation,
            outbox,
            period,
            step="månadens körning",
            reason=f"Månaden är inte klar fast den skulle vara det den {day_words(due)}",
            actions=("Se vad som saknas eller varför den stannade med kommandot nedan.",),
            command=f"manad status {period}",
        )
        key = _key(installation, period, "inte klar i tid")
        return outbox.queue(transaction, key, values, required=False) is not None


def _values(
    installation: Installation,
    outbox: Outbox,
    period: Period,
    *,
    step: str,
    reason: str,
    actions: Sequence[str],
    command: str,
) -> KorningStoppad:
    return KorningStoppad(
        organisation=installation.config.mail.administration,
        would_have_gone_to=outbox.would_have_gone_to(installation.settings.operator),
        period=period.swedish,
        failed=True,
        finished=False,
        step=step,
        stopped=clock_words(installation.clock.now()),
        reason=reason,
        mails=SENT,
        actions=tuple(actions),
        command=command,
        missing=(),
    )


def _key(installation: Installation, period: Period, step: str) -> MailKey:
    return MailKey(period, KIND, "operator", installation.settings.operator.lower(), step=step)
