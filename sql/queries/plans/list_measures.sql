-- The measures of some plans, in their order.
SELECT
    plan_measure.plan_id,
    plan_measure.what,
    plan_measure.who,
    plan_measure.from_month,
    plan_measure.monthly_effect,
    plan_measure.risk
FROM plan_measure
WHERE plan_measure.plan_id = any(:plans)
ORDER BY plan_measure.plan_id, plan_measure.number
