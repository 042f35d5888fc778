-- A plan, held until the transaction ends: one change at a time.
SELECT
    plan.id,
    plan.state,
    plan.round,
    plan.version,
    plan.due,
    plan.acknowledged_on
FROM plan
WHERE plan.id = :plan
FOR NO KEY UPDATE
