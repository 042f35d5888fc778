-- The newest plan before each of some plans, of the same unit, that has measures.
SELECT DISTINCT ON (plan.id)
    plan.id AS plan_id,
    earlier.id AS earlier_id,
    earlier.period AS earlier_period
FROM plan
INNER JOIN plan AS earlier ON plan.unit = earlier.unit AND plan.period > earlier.period
WHERE
    plan.id = any(:plans)
    AND earlier.id IN (SELECT plan_measure.plan_id FROM plan_measure)
ORDER BY plan.id ASC, earlier.period DESC
