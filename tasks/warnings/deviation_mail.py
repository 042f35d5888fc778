"""The words of a deviation mail: each warned unit with its year, its plan and the rows behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from notifications.charts import YearChart, alt_text
from notifications.mails.avvikelse import Avvikelse, DeviatingUnit, UnitFigures
from tasks.clock import STOCKHOLM
from tasks.outbox.month_post import MonthPost
from tasks.plans.month_plans import CountedPlan, counted_plans
from tasks.plans.plan_mails import link_to
from tasks.plans.read_plans import Plan, plans_in
from tasks.rules.assessment.assessed_unit import AssessedUnit
from tasks.rules.assessment.manager_forecast import own_forecast_in_mail
from tasks.rules.delivered import Delivery, RowRange
from tasks.rules.outbox.occasions import MailedWarning
from tasks.rules.outbox.recipients import Recipient
from tasks.rules.periods import Period, months_of
from tasks.rules.plans.effect import realised_effects
from tasks.rules.plans.state import AWAITED, STATES_IN_WORDS
from tasks.rules.plans.words import followed_sentence, not_enough_sentence
from tasks.rules.swedish import day_words, percent, shortened
from tasks.rules.wording import amount, year_row

RANGES_SHOWN = 3

STAND_INS = {"ersattare": "ersättare", "controller": "controller", "operator": "driftansvarig"}


@dataclass(frozen=True)
class PlanInMail:
    """What a mail says of a warned unit's plan.

    link: to its page, empty without web pages. due: the plan's day. escalates: the day on which the
    avdelningschef is told that a demanded plan is missing. sentence: what is to be said of a plan that is
    there already; next_step: what happens with it. only_told: nothing is demanded of the reader, who waits
    for somebody else.
    """

    link: str = ""
    link_text: str = "Lämna åtgärdsplan"
    due: date | None = None
    escalates: date | None = None
    sentence: str = ""
    next_step: str = ""
    effect: str = "ingen plan ännu"
    only_told: bool = False


NO_PLAN = PlanInMail()


@dataclass(frozen=True)
class Letter:
    """One receiver's mail before it is worded: the units, worst first.

    warned_before: those that an earlier mail warned of; second: there was such a mail.
    plans: of the units that have a plan, or are to have one. charts: the pictures of their years.
    """

    address: str
    units: Sequence[AssessedUnit]
    recipients: Mapping[str, Recipient]
    warned_before: frozenset[str]
    second: bool
    plans: Mapping[str, PlanInMail]
    charts: Mapping[str, YearChart]

    @property
    def pictures(self) -> dict[str, YearChart]:
        """Return the charts that the mail shows, by content-id."""
        return {
            content_id(number): self.charts[unit.code]
            for number, unit in enumerate(self.units, start=1)
            if unit.code in self.charts
        }


def content_id(number: int) -> str:
    """Name the picture of a mail's part, counted from 1."""
    return f"diagram-{number}"


def deviation_mail(
    letter: Letter,
    period: Period,
    deliveries: Mapping[int, Delivery],
    *,
    organisation: str,
    would_have_gone_to: str,
) -> Avvikelse:
    """Word a receiver's mail."""
    return Avvikelse(
        organisation=organisation,
        would_have_gone_to=would_have_gone_to,
        period=period.swedish,
        year=str(period.year),
        parts=tuple(
            _deviating_unit(unit, letter, period, deliveries, content_id(number))
            for number, unit in enumerate(letter.units, start=1)
        ),
        second_mail=letter.second,
    )


def _deviating_unit(
    unit: AssessedUnit, letter: Letter, period: Period, deliveries: Mapping[int, Delivery], picture: str
) -> DeviatingUnit:
    recipient = letter.recipients[unit.code]
    plan = letter.plans.get(unit.code, NO_PLAN)
    chart = letter.charts.get(unit.code)
    compared, effect = unit.compared, unit.plan_effect
    row = year_row(compared.budget, compared.forecast, effect)
    budget, deviation = row.figure(compared.budget), row.deviation_figure(compared.deviation)
    return DeviatingUnit(
        unit=unit.name,
        signal="larm" if unit.signal == "larm" else "bevaka",
        headline=unit.headline(period),
        amounts_in=row.unit,
        before=UnitFigures(
            budget=budget,
            forecast=row.figure(compared.forecast),
            deviation=f"{deviation}{_in_percent(unit)}",
        ),
        effect=UnitFigures(budget="", forecast=row.figure(-effect), deviation=_effect(unit, plan)),
        after=UnitFigures(
            budget=budget,
            forecast=row.figure(compared.forecast - effect),
            deviation=row.deviation_figure(compared.deviation + effect),
        ),
        why=unit.sentence,
        own_forecast=_own_forecast(unit, period, is_manager=recipient.role == "chef"),
        rule=unit.rule,
        sources=_sources(unit.evidence.rows, deliveries),
        plan_due=_due(unit, plan),
        escalates="" if plan.escalates is None else day_words(plan.escalates),
        change=_change(unit.code, letter),
        stand_in=STAND_INS.get(recipient.role, ""),
        is_for_controller=recipient.role == "controller",
        lacking="mejladress till chefen" if recipient.role != "chef" else "",
        link=plan.link,
        link_text=plan.link_text,
        picture="" if chart is None else picture,
        picture_alt="" if chart is None else alt_text(chart),
        plan_standing=plan.sentence,
        next_step=plan.next_step,
    )


def _due(unit: AssessedUnit, plan: PlanInMail) -> str:
    if plan.only_told or not unit.plan_required:
        return ""
    due = plan.due or unit.plan_due
    return "" if due is None else day_words(due)


def _effect(unit: AssessedUnit, plan: PlanInMail) -> str:
    if unit.plan_effect:
        return "godkänd plan"
    return plan.effect if unit.plan_required else "ingen plan behövs"


def _own_forecast(unit: AssessedUnit, period: Period, *, is_manager: bool) -> str:
    own = unit.evidence.own
    if own.kr is None or own.told_in is None:
        return ""
    return own_forecast_in_mail(
        own.kr, own.told_in, period, unit.forecast, unit.evidence.floor_kr, is_manager=is_manager
    )


def _in_percent(unit: AssessedUnit) -> str:
    return "" if unit.deviation_percent is None else f" ({percent(abs(unit.deviation_percent))})"


def _sources(rows: Sequence[RowRange], deliveries: Mapping[int, Delivery]) -> tuple[str, ...]:
    ranges: dict[int, list[str]] = {}
    for delivery, first, last in rows:
        place = str(first) if first == last else f"{first}–{last}"
        ranges.setdefault(delivery, []).append(place)
    known = [(deliveries[key], places) for key, places in ranges.items() if key in deliveries]
    newest_first = sorted(known, key=lambda pair: pair[0].period, reverse=True)
    return tuple(
        f"{delivery.source} levererad {delivery.received_at.astimezone(STOCKHOLM):%Y-%m-%d}, "
        f"{delivery.file_name}, rad {_places(places)}"
        for delivery, places in newest_first
    )


def _places(places: Sequence[str]) -> str:
    """Name the first row ranges, and count the rest: a file that is sorted by month has one for each."""
    return shortened(places, RANGES_SHOWN, "ställen")


def _change(unit: str, letter: Letter) -> Literal["", "new", "worse"]:
    if not letter.second:
        return ""
    return "worse" if unit in letter.warned_before else "new"


def warning_of(unit: AssessedUnit) -> MailedWarning:
    """Return what the outbox notes of an assessed unit's warning."""
    is_under = unit.compared.deviation < 0
    return MailedWarning(unit.code, unit.signal or "inget", "underskott" if is_under else "överskott")


def plans_in_mails(post: MonthPost, units: Iterable[AssessedUnit]) -> dict[str, PlanInMail]:
    """Return, by unit, what is said of its newest plan up to the month; a unit without one has no entry."""
    every = [plan for plan in plans_in(post.transaction, post.outbox.mode) if plan.period <= post.period]
    newest = {plan.unit: plan for plan in sorted(every, key=lambda plan: plan.period)}
    before = post.period.plus(-1)
    missed = {plan.unit: plan for plan in every if plan.state == "replaced" and plan.period == before}
    approved = counted_plans(post.transaction, post.receivers.register, post.period)
    return {
        unit.code: _plan_in_mail(
            post, unit, newest[unit.code], _came_of_plan(unit, post.period, missed, approved)
        )
        for unit in units
        if unit.code in newest
    }


def _plan_in_mail(post: MonthPost, unit: AssessedUnit, plan: Plan, came: str) -> PlanInMail:
    link = link_to(post, plan)
    if plan.state == "submitted":
        waits = f"Din plan om {plan.period.swedish} väntar på beslut; du behöver inte lämna någon ny."
        return PlanInMail(
            link=link,
            link_text="Se åtgärdsplanen",
            sentence=" ".join(filter(None, (waits, came))),
            next_step="Avdelningschefen har den för beslut.",
            effect="plan väntar på beslut",
            only_told=True,
        )
    if plan.state in AWAITED and unit.plan_required:
        escalates = post.calendar.ladder.day("escalation", plan.due)
        return PlanInMail(link=link, due=plan.due, escalates=escalates, sentence=came)
    if plan.period == post.period and not came:
        came = f"Planen om {plan.period.swedish} är {STATES_IN_WORDS[plan.state]}."
    return PlanInMail(link=link if came else "", link_text="Se åtgärdsplanen", sentence=came, only_told=True)


def _came_of_plan(
    unit: AssessedUnit, period: Period, missed: Mapping[str, Plan], approved: Mapping[str, CountedPlan]
) -> str:
    """Say what came of a unit's approved plan and whether it is enough, or that the last one never came."""
    plan = approved.get(unit.code)
    if plan is None:
        never = missed.get(unit.code)
        return "" if never is None or never.measures else _missed(never)
    outcomes = zip(months_of(period.year), unit.evidence.year.outcome, strict=False)
    known = {month: kr for month, kr in outcomes if kr is not None}
    sentences = [
        followed_sentence(plan.approved.period, period, realised_effects(plan.approved, period, known)),
        not_enough_sentence(unit.plan_effect, -unit.compared.deviation)
        if unit.plan_required
        else _counted(unit),
    ]
    return " ".join(filter(None, sentences))


def _counted(unit: AssessedUnit) -> str:
    if not unit.plan_effect:
        return ""
    return f"Godkända åtgärder väntas ge {amount(unit.plan_effect)} under resten av året."


def _missed(plan: Plan) -> str:
    return f"Planen om {plan.period.swedish} som skulle ha lämnats {day_words(plan.due)} kom aldrig."
