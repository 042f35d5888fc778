"""The plans that an assessment demands, and those that it moves."""

from collections.abc import Collection, Mapping
from datetime import date

from sql.database import Transaction
from tasks.plans.plan_store import SYSTEM, Change, change_plan, note
from tasks.rules.organisation import Register
from tasks.rules.periods import Period
from tasks.rules.plans.demand import PlanNow, month_demands


def demand_plans(
    transaction: Transaction,
    period: Period,
    assessment: int,
    *,
    required: Collection[str],
    alarmed: Collection[str],
    register: Register,
    achieved: Mapping[int, bool],
    due: date,
    day: date,
) -> int:
    """Demand the plans of a month's new assessment, and move what is there; return how many are new.

    due: for what is demanded on a day. It is part of the transaction that stores the assessment. A unit that
    got another code has the plan that it had before. One month at a time: a unit has one undecided plan.
    """
    transaction.run("plans/lock_demands")
    rows = transaction.rows("plans/list_of_units", period=period.first_day)
    plans = [
        PlanNow(row.id, register.heir(row.unit, period), Period.of(row.period), row.state) for row in rows
    ]
    demands = month_demands(
        period,
        required,
        register.units_valid(period),
        plans,
        achieved,
        alarmed=alarmed,
        is_newest=transaction.row("assessment/find_later", period=period.first_day) is None,
    )
    for moved in demands.moved:
        row = transaction.row("plans/lock_plan", plan=moved.plan)
        again = due if moved.action == "demand" else None
        change_plan(transaction, row, Change(moved.action, day, SYSTEM, moved.why), due=again)
    for plan in demands.kept:
        transaction.run("plans/set_assessment", plan=plan, assessment=assessment)
    for unit in demands.new:
        plan = transaction.value(
            "plans/insert_plan", unit=unit, period=period.first_day, assessment=assessment, due=due
        )
        note(transaction, plan, "demand", Change("demand", day, SYSTEM))
    return len(demands.new)
