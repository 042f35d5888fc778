-- Plans that may be moved when a month is assessed: its own, and all that aren't at their end.
SELECT
    plan.id,
    plan.unit,
    plan.period,
    plan.state,
    plan.round,
    plan.version,
    plan.due,
    plan.acknowledged_on
FROM plan
WHERE
    plan.period = :period
    OR plan.state IN ('required', 'submitted', 'returned', 'withdrawn', 'approved', 'following')
ORDER BY plan.period, plan.unit
FOR NO KEY UPDATE
