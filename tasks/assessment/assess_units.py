"""The step that holds every unit's year forecast against its budget, and keeps what it found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sql.database import Transaction
from tasks.assessment.assessment_rows import area_rows, unit_row
from tasks.assessment.explain_units import Explanation, YearsVolumes, explain_units
from tasks.assessment.manager_forecasts import (
    KeptForecasts,
    ManagerForecast,
    forecasts_beside,
    manager_forecasts,
)
from tasks.deliveries.check_month import month_check
from tasks.figures.current_deliveries import current_deliveries, months_told
from tasks.figures.gathered_units import GatheredUnits, gather_units
from tasks.figures.tell_people import VOLUMES, tell_volumes
from tasks.month import Month
from tasks.plans.month_plans import CountedPlan, achieved, counted_plans, effects
from tasks.plans.plan_store import demand_plans, due_day
from tasks.register import read_register
from tasks.rules.assessment.area_outlook import AreaOutlook, area_outlooks
from tasks.rules.assessment.deviation import Deviation, assess_deviation, demands_plan
from tasks.rules.assessment.deviation_facts import METHODS, DeviationFacts
from tasks.rules.assessment.forecast import as_decimal
from tasks.rules.assessment.learning import NOTHING_LEARNT, Learnt
from tasks.rules.assessment.month_warnings import AssessmentResult
from tasks.rules.assessment.unit_years import YEARS_OF_HISTORY
from tasks.rules.assessment.year_outlook import YearOutlook, probability, year_outlook
from tasks.rules.delivered import Delivery
from tasks.rules.deliveries.completeness import Completeness
from tasks.rules.json_values import Json, fingerprint
from tasks.rules.operations.state import Step
from tasks.rules.organisation import area_tree
from tasks.rules.periods import Period
from tasks.rules.volumes.rows import CountedVolume
from tasks.sources import ledger_sources

STEP: Step = "assess_units"
RULE = "weighed memories 1, causes 1, areas 1, plans 1, few 3, gross 1"
"""Changes when the rule or its result does, so that months are assessed anew."""
SETTINGS = ("deviation", "deviation_by_type", "plan", "measures", "small_groups")


@dataclass(frozen=True)
class AssessmentGrounds:
    """What an assessment is made of. volumes_until: the latest month whose volumes are told."""

    units: GatheredUnits
    forecasts: Mapping[str, Sequence[ManagerForecast]]
    deliveries: Sequence[Delivery]
    completeness: Completeness
    settings: Json
    learnt: Learnt
    plans: Mapping[str, CountedPlan]
    volumes_until: Period


@dataclass(frozen=True)
class NewAssessment:
    """An assessment before it is stored: each unit's deviation and what explains it, and the places above.

    forecasts: the units' own. effects: what is counted of approved plans (kr). required: the units that are
    to write a plan.
    """

    deviations: Mapping[str, Deviation]
    explanations: Mapping[str, Explanation]
    areas: Sequence[AreaOutlook]
    forecasts: Mapping[str, KeptForecasts]
    effects: Mapping[str, Decimal]
    required: Sequence[str]


def assess_units(month: Month) -> AssessmentResult:
    """Assess every unit of the month, unless it is made of the same deliveries and settings already.

    Returns how many units could be assessed, and how many it warns of.
    """
    with month.reading() as transaction:
        grounds = _gather(month, transaction)
        mark = fingerprint(
            [
                RULE,
                [delivery.mark for delivery in grounds.deliveries],
                grounds.settings,
                replace(grounds.completeness, held=()).as_data(),  # what is held changes nothing
                sorted(plan.id for plan in grounds.plans.values()),
            ]
        )
        before = month.made_before(transaction, STEP, mark)
    if before is None:
        with month.saving() as transaction:
            volumes = _volumes(month, transaction, grounds)
        with month.reading() as transaction:
            assessed = _decide(month, transaction, grounds, volumes)
        saved = _save(month, grounds, assessed, mark)
        if saved is None:  # a plan was approved meanwhile
            return assess_units(month)
        result = saved
    else:
        result = AssessmentResult.of_data(before)
        with month.saving() as transaction:
            month.advance(transaction, STEP, "done", made=False)
    month.progress(f"{result.sentence}, {result.alarms} larm, {result.watched} att bevaka")
    return result


def _gather(month: Month, transaction: Transaction) -> AssessmentGrounds:
    period = month.period
    register = read_register(transaction, month.period)
    sources = ("organisation", *ledger_sources(), "prognos", "prestationer")
    learnt = transaction.row("assessment/find_learnt", period=period.first_day)
    settings = month.installation.config.as_data(*SETTINGS)
    return AssessmentGrounds(
        units=gather_units(transaction, register, period),
        forecasts=manager_forecasts(register, transaction, period, YEARS_OF_HISTORY),
        deliveries=current_deliveries(transaction, sources, period),
        completeness=_checked(month, transaction),
        settings=settings | {"learnt": None if learnt is None else learnt.id},
        learnt=NOTHING_LEARNT if learnt is None else Learnt.of_data(learnt.learnt),
        plans=counted_plans(transaction, register, period),
        volumes_until=months_told(transaction, [VOLUMES], period, month.installation.config.lags)[VOLUMES],
    )


def _checked(month: Month, transaction: Transaction) -> Completeness:
    """Return what the check before found: whether the month is complete, and which sources it lacks."""
    completeness = month_check(transaction, month.period)
    if completeness is None:
        raise LookupError("the month has not been checked")
    return completeness


def _volumes(
    month: Month, transaction: Transaction, grounds: AssessmentGrounds
) -> Mapping[str, Sequence[CountedVolume]]:
    """Return what is counted, and keep what of it may be told; of another year than the money's nothing."""
    config, until = month.installation.config, grounds.volumes_until
    if until.year != month.period.year:
        return {}
    return tell_volumes(
        transaction, grounds.units.register, until, config.measures, config.small_groups.fewest_persons
    )


def _decide(
    month: Month,
    transaction: Transaction,
    grounds: AssessmentGrounds,
    volumes: Mapping[str, Sequence[CountedVolume]],
) -> NewAssessment:
    period, config, units = month.period, month.installation.config, grounds.units
    years = units.years()
    facts = _facts(units, year_outlook(years, period.month, grounds.learnt))
    deviations = {
        unit.code: assess_deviation(facts[unit.code], config.deviation_of(unit.unit_type))
        for unit in units.units
    }
    fewest = config.small_groups.fewest_persons
    explanations = explain_units(
        transaction,
        deviations,
        units.months,
        years,
        YearsVolumes(volumes, grounds.volumes_until, fewest),
        period,
    )
    counted = effects(grounds.plans, deviations, period)
    return NewAssessment(
        deviations={code: explanations[code].explained(deviation) for code, deviation in deviations.items()},
        explanations=explanations,
        areas=area_outlooks(
            area_tree(units.register, period), years, deviations, period, config.deviation, grounds.learnt
        ),
        forecasts=forecasts_beside(facts, years, grounds.forecasts, period),
        effects=counted,
        required=_required(deviations, counted),
    )


def _required(deviations: Mapping[str, Deviation], counted: Mapping[str, Decimal]) -> list[str]:
    """Return the units that are to write a plan, the largest underskott first."""
    demanded = [
        code
        for code, deviation in deviations.items()
        if demands_plan(deviation, counted.get(code, Decimal(0)))
    ]
    return sorted(demanded, key=lambda code: deviations[code].deviation or Decimal(0))


def _facts(units: GatheredUnits, outlook: YearOutlook) -> dict[str, DeviationFacts]:
    forecast = outlook.forecast
    return {
        unit.code: DeviationFacts(
            period=units.period,
            outcome=units.outcome(unit.code),
            budget=units.budget(unit.code),
            forecast=as_decimal(forecast.forecast[at]),
            method=METHODS[str(forecast.method[at])],
            expected=as_decimal(forecast.expected[at]),
            to_come=as_decimal(forecast.to_come[at] * 100, 4),
            lower=as_decimal(outlook.lower[at]),
            upper=as_decimal(outlook.upper[at]),
            probability=probability(outlook.certainty[at]),
            probability_before=probability(outlook.certainty_before[at]),
            gross=units.gross_budget(unit.code),
        )
        for at, unit in enumerate(units.units)
    }


def _save(
    month: Month, grounds: AssessmentGrounds, assessed: NewAssessment, mark: str
) -> AssessmentResult | None:
    """Store what was found with the plans that it demands; None where other plans count now."""
    day, deviations = month.period.first_day, assessed.deviations
    asked_today_due = due_day(month.installation.config, month.today)
    with month.saving() as transaction:
        if counted_plans(transaction, grounds.units.register, month.period).keys() != grounds.plans.keys():
            return None
        plan_due = transaction.value(
            "operations/set_first_assessed", period=day, day=month.today, plan_due=asked_today_due
        )
        assessment = transaction.row(
            "assessment/insert_assessment",
            period=day,
            assessed_on=month.today,
            settings=dict(grounds.settings),
            complete=not grounds.completeness.stops,
            missing=list(grounds.completeness.missing_sources),
            units_valid=len(deviations),
            units_present=sum(unit.facts.outcome is not None for unit in deviations.values()),
        )
        if assessment is None:
            raise LookupError("no assessment was stored")
        transaction.run_many(
            "assessment/insert_assessment_delivery",
            [{"assessment": assessment.id, "delivery": delivery.id} for delivery in grounds.deliveries],
        )
        transaction.run_many(
            "assessment/insert_unit_assessment",
            _unit_rows(assessment.id, grounds, assessed, plan_due),
        )
        transaction.run_many("assessment/insert_area_assessment", area_rows(assessment.id, assessed.areas))
        demand_plans(
            transaction,
            month.period,
            assessment.id,
            required=assessed.required,
            alarmed=[code for code, unit in deviations.items() if unit.signal == "larm"],
            register=grounds.units.register,
            achieved=achieved(grounds.plans, grounds.units.months, month.period),
            due=max(plan_due, asked_today_due),  # who is asked late has as long to answer
            day=month.today,
        )
        result = AssessmentResult(
            assessment=assessment.id,
            alarms=sum(unit.signal == "larm" for unit in deviations.values()),
            watched=sum(unit.signal == "bevaka" for unit in deviations.values()),
            assessed=sum(unit.deviation is not None for unit in deviations.values()),
            units=len(deviations),
        )
        month.advance(transaction, STEP, "done")
        month.remember(transaction, STEP, mark, result.as_data())
    return result


def _unit_rows(
    assessment: int, grounds: AssessmentGrounds, assessed: NewAssessment, plan_due: date
) -> list[dict[str, object]]:
    units = grounds.units
    return [
        {"assessment": assessment}
        | unit_row(
            unit,
            assessed.deviations[unit.code],
            assessed.explanations[unit.code],
            units.months[unit.code],
            assessed.forecasts[unit.code],
        )
        | {
            "plan_required": unit.code in assessed.required,
            "plan_due": plan_due if unit.code in assessed.required else None,
            "plan_effect": assessed.effects.get(unit.code, Decimal(0)),
            "plan": grounds.plans[unit.code].id if unit.code in grounds.plans else None,
        }
        for unit in units.units
    ]
