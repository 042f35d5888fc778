"""What the month's mails say of the warned units' plans: the one that is demanded, or one that is there."""

from collections.abc import Iterable, Mapping

from tasks.outbox.month_post import MonthPost
from tasks.plans.month_plans import CountedPlan, counted_plans
from tasks.plans.plan_mails import link_to
from tasks.plans.read_plans import Plan, plans_in
from tasks.rules.assessment.assessed_unit import AssessedUnit
from tasks.rules.periods import Period, months_of
from tasks.rules.plans.effect import realised_effects
from tasks.rules.plans.state import AWAITED, STATES_IN_WORDS
from tasks.rules.plans.words import followed_sentence, not_enough_sentence
from tasks.rules.swedish import day_words
from tasks.rules.wording import amount
from tasks.warnings.deviation_mail import PlanStanding


def plan_standings(post: MonthPost, units: Iterable[AssessedUnit]) -> dict[str, PlanStanding]:
    """Return, by unit, what is said of its newest plan up to the month; a unit without one has no entry."""
    every = [plan for plan in plans_in(post.transaction, post.outbox.mode) if plan.period <= post.period]
    newest = {plan.unit: plan for plan in sorted(every, key=lambda plan: plan.period)}
    before = post.period.plus(-1)
    missed = {plan.unit: plan for plan in every if plan.state == "replaced" and plan.period == before}
    approved = counted_plans(post.transaction, post.receivers.register, post.period)
    return {
        unit.code: _standing(post, unit, newest[unit.code], _told(unit, post.period, missed, approved))
        for unit in units
        if unit.code in newest
    }


def _standing(post: MonthPost, unit: AssessedUnit, plan: Plan, told: str) -> PlanStanding:
    link = link_to(post, plan)
    if plan.state == "submitted":
        waits = f"Din plan om {plan.period.swedish} väntar på beslut; du behöver inte lämna någon ny."
        return PlanStanding(
            link=link,
            link_text="Se åtgärdsplanen",
            told=" ".join(filter(None, (waits, told))),
            next_step="Avdelningschefen har den för beslut.",
            effect="plan väntar på beslut",
            told_only=True,
        )
    if plan.state in AWAITED and unit.plan_required:
        escalates = post.calendar.ladder.day("escalation", plan.due)
        return PlanStanding(link=link, due=plan.due, escalates=escalates, told=told)
    if plan.period == post.period and not told:
        told = f"Planen om {plan.period.swedish} är {STATES_IN_WORDS[plan.state]}."
    return PlanStanding(link=link if told else "", link_text="Se åtgärdsplanen", told=told, told_only=True)


def _told(
    unit: AssessedUnit, period: Period, missed: Mapping[str, Plan], approved: Mapping[str, CountedPlan]
) -> str:
    """Say what came of a unit's approved plan and whether it is enough, or that the last one never came."""
    plan = approved.get(unit.code)
    if plan is None:
        never = missed.get(unit.code)
        return "" if never is None or never.measures else _missed(never)
    outcomes = zip(months_of(period.year), unit.evidence.year.outcome, strict=False)
    known = {month: kr for month, kr in outcomes if kr is not None}
    said = [
        followed_sentence(plan.approved.period, period, realised_effects(plan.approved, period, known)),
        not_enough_sentence(unit.plan_effect, -unit.compared.deviation)
        if unit.plan_required
        else _counted(unit),
    ]
    return " ".join(part for part in said if part)


def _counted(unit: AssessedUnit) -> str:
    if not unit.plan_effect:
        return ""
    return f"Godkända åtgärder väntas ge {amount(unit.plan_effect)} under resten av året."


def _missed(plan: Plan) -> str:
    return f"Planen om {plan.period.swedish} som skulle ha lämnats {day_words(plan.due)} kom aldrig."
