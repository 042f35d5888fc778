"""The mails that tell controllers that a month is done: the whole in numbers, and their own units by name."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from notifications.mails.manad_klar import Cover, ManadKlar, Unit
from sql.database import Transaction
from tasks.assessment.assessed import assessed_units, latest_assessment
from tasks.deliveries.check_month import month_check
from tasks.deliveries.held_deliveries import doubtful_units
from tasks.month import Month
from tasks.outbox.mails import MailOfKind, mails_of_kind
from tasks.outbox.month_post import MonthPost, open_month_post
from tasks.outbox.queue_mail import MailKey
from tasks.outbox.words import source_title
from tasks.plans.read_plans import Plan, plans_in
from tasks.rules.assessment.assessed_unit import AssessedUnit
from tasks.rules.deliveries.completeness import NOTHING_LACKS, Completeness, absence_words
from tasks.rules.json_values import fingerprint
from tasks.rules.operations.month_cover import CountedMail, CountedUnit, DemandedPlan, MonthCover, month_cover
from tasks.rules.outbox.recipients import Contacts, Fallback, recipient_of
from tasks.rules.outbox.states import REPLACEABLE
from tasks.rules.periods import Period
from tasks.rules.plans.state import AWAITED
from tasks.rules.swedish import counted, day_words, number

KIND, ROLE = "manad_klar", "controller"
WITHDRAWN = "Månadens siffror har ändrats sedan mejlet skrevs."
BY_REGISTER = "Du får det här som controller i organisationsregistret."
FOR_ALL = "Du får det här som controller för hela förvaltningen."


@dataclass(frozen=True)
class ClosedMonth:
    """What is told of a month that is done: the whole in numbers, what lacks, and its plans by unit.

    doubtful: the units of whom nobody is mailed, since their figures can't be right, with a sentence each.
    """

    cover: MonthCover
    check: Completeness
    plans: Mapping[str, Plan]
    doubtful: Mapping[str, str]


def queue_closing(month: Month, transaction: Transaction) -> int:
    """Queue that the month is done, to each controller once; return how many were queued.

    When a month is closed again it is told again only where what was told has changed.
    """
    assessment = latest_assessment(transaction, month.period)
    if assessment is None or not assessment.units_valid:
        return 0  # without units there is no controller's part in it
    post = open_month_post(month.installation, transaction, month.period, month.today)
    units = assessed_units(transaction, assessment.id)
    plans = {plan.unit: plan for plan in plans_in(transaction, post.outbox.mode, period=month.period)}
    check = month_check(transaction, month.period) or NOTHING_LACKS
    doubtful = doubtful_units(transaction, month.period, month.installation.config.lags)
    closed = ClosedMonth(_cover(month, post, units, plans), check, plans, doubtful)
    earlier = mails_of_kind(transaction, month.period, KIND, post.outbox.mode)
    queued = 0
    for address, own in _readers(month, post, units).items():
        warned = [unit for unit in units if unit.code in own and unit.signal is not None]
        values = _values(month, post, closed, warned, address)
        own_mails = [mail for mail in earlier if mail.address == address]
        queued += _queue(month, post, address, values, _mark(closed, warned), own_mails)
    return queued


def _readers(month: Month, post: MonthPost, units: Sequence[AssessedUnit]) -> dict[str, set[str]]:
    """Return the controllers, each with the units that they answer for; the configured one has all.

    A unit whose controller can't be written to is in the configured one's mail alone.
    """
    readers: dict[str, set[str]] = {}
    for unit in units:
        to = post.receivers.controller_of(unit.code)
        if to.role == ROLE:
            readers.setdefault(to.address.lower(), set()).add(unit.code)
    configured = _configured(month, post)
    if configured is not None:
        readers[configured] = {unit.code for unit in units}
    return readers


def _configured(month: Month, post: MonthPost) -> str | None:
    settings = month.installation.settings
    fallback = Fallback(settings.controller_email, settings.operator)
    to = recipient_of(Contacts(), fallback, post.receivers.reach)
    return to.address.lower() if to.role == ROLE else None


def _queue(
    month: Month, post: MonthPost, address: str, values: ManadKlar, step: str, earlier: Sequence[MailOfKind]
) -> bool:
    """Queue a mail whose step is the mark of what it tells; tell whether it is another than the last."""
    waiting = [mail for mail in earlier if mail.state in ("queued", "retrying")]
    gone = [mail.step for mail in earlier if mail.state not in REPLACEABLE]
    for mail in waiting:
        if mail.step != step:
            post.transaction.run("outbox/withdraw_mail", mail=mail.id, reason=WITHDRAWN)
    if gone[-1:] == [step] or step in {mail.step for mail in waiting}:
        return False
    key = MailKey(post.period, KIND, ROLE, address, step=step, occasion=1 + gone.count(step))
    operator = month.installation.settings.operator
    return post.outbox.queue(post.transaction, key, values, required=False, reply_to=operator) is not None


def _mark(closed: ClosedMonth, warned: Sequence[AssessedUnit]) -> str:
    """Return what tells two mails apart, by codes and figures: how many mails went out makes no other one."""
    counts = replace(closed.cover, mails_sent=0, mails_failed=0, mails_dropped=0, mails_uncertain=0)
    lacking = [(lack.source, len(lack.absent), lack.expected) for lack in closed.check.partly]
    units = [_unit_mark(unit, closed.plans.get(unit.code)) for unit in warned]
    parts = [asdict(counts), closed.check.missing_sources, lacking, units]
    beside = [part for part in (sorted(closed.doubtful), closed.check.held) if part]
    return fingerprint([*parts, *beside])[:12]


def _unit_mark(unit: AssessedUnit, plan: Plan | None) -> tuple[object, ...]:
    told = (unit.code, unit.signal, unit.row.read_deviation(unit.deviation))
    if plan is None:
        return (*told, unit.plan_required)
    return (*told, plan.state, *((plan.late, plan.due) if plan.state in AWAITED else ()))


def _values(
    month: Month,
    post: MonthPost,
    closed: ClosedMonth,
    warned: Sequence[AssessedUnit],
    address: str,
) -> ManadKlar:
    return ManadKlar(
        organisation=post.organisation,
        would_have_gone_to=post.outbox.would_have_gone_to(address),
        period=post.period.swedish,
        cover=_in_words(closed.cover),
        missing=(
            *_missing(closed.check),
            *(f"{said}. Ingen är mejlad." for said in closed.doubtful.values()),
        ),
        units=tuple(_unit(unit, closed.plans.get(unit.code), post.period) for unit in warned),
        report=f"manad report {post.period}",
        next_step=_next_step(post, closed.plans),
        care=_care(closed.cover),
        link=post.links.to_month(post.transaction, post.period, address),
        why_you=FOR_ALL if address == _configured(month, post) else BY_REGISTER,
    )


def _cover(
    month: Month, post: MonthPost, units: Sequence[AssessedUnit], plans: Mapping[str, Plan]
) -> MonthCover:
    mails = post.transaction.rows("outbox/list_required", period=post.period.first_day, mode=post.outbox.mode)
    # A rehearsal sends nothing: what it has queued counts as what a run would have sent.
    pretended = {"queued": "sent"} if month.installation.rehearsal else {}
    return month_cover(
        [CountedUnit(unit.deviation, unit.signal) for unit in units],
        [DemandedPlan(plan.state, plan.due) for plan in plans.values()],
        [CountedMail(pretended.get(row.state, row.state), row.settled_as == "dropped") for row in mails],
        post.today,
    )


def _in_words(cover: MonthCover) -> Cover:
    return Cover(
        units=f"{number(cover.assessed)} av {number(cover.units)}",
        alarms=number(cover.alarms),
        watched=number(cover.watched),
        plans_required=number(cover.plans_required),
        plans_in=number(cover.plans_in),
        plans_late=number(cover.plans_late),
        plans_approved=number(cover.plans_approved),
        mails_sent=number(cover.mails_sent),
        mails_failed=number(cover.mails_failed + cover.mails_dropped),
        mails_uncertain=number(cover.mails_uncertain),
    )


def _care(cover: MonthCover) -> str:
    sentences = []
    if cover.mails_failed:
        failed = counted(cover.mails_failed, "mejl", "mejl")
        sentences.append(f"{failed} kom inte fram: manad mail list --state failed visar vilka.")
    if cover.mails_dropped:
        dropped = counted(cover.mails_dropped, "mejl", "mejl")
        sentences.append(f"{dropped} stoppades av driften: manad mail list --state settled visar vilka.")
    return " ".join(sentences)


def _missing(check: Completeness) -> tuple[str, ...]:
    return (
        *(check.called(name, source_title(name)) for name in check.missing_sources),
        *(
            f"{check.called(lack.source, source_title(lack.source))} {absence_words(lack)}"
            for lack in check.partly
        ),
        *(
            f"en nyare fil för {source_title(name)}, som är hållen"
            for name in check.held
            if name not in check.missing_sources
        ),
    )


def _unit(unit: AssessedUnit, plan: Plan | None, period: Period) -> Unit:
    return Unit(
        unit=unit.name,
        signal="larm" if unit.signal == "larm" else "bevaka",
        headline=unit.headline(period),
        plan=_plan(unit, plan),
    )


def _plan(unit: AssessedUnit, plan: Plan | None) -> str:
    if plan is None:
        return "finns redan" if unit.plan_required else "behövs inte"
    return f"{plan.state_words} senast {day_words(plan.due)}" if plan.state in AWAITED else plan.state_words


def _next_step(post: MonthPost, plans: Mapping[str, Plan]) -> str:
    awaited = [plan.due for plan in plans.values() if plan.state in AWAITED and plan.due >= post.today]
    if awaited:
        day = day_words(post.calendar.ladder.day("reminder_1", min(awaited)))
        return f"Den {day} påminns de som inte har lämnat plan."
    following = post.period.plus(1).month_name
    about = day_words(post.calendar.next_figures(post.period))
    return f"Nästa månad, {following}, blir klar omkring den {about}."
