-- A month's plans that nobody has decided, held until the transaction ends.
SELECT
    plan.id,
    plan.unit,
    plan.period,
    plan.state,
    plan.round,
    plan.due,
    plan.version
FROM plan
WHERE plan.period = :period AND plan.state IN ('required', 'submitted', 'returned', 'withdrawn')
ORDER BY plan.period, plan.unit
FOR NO KEY UPDATE
