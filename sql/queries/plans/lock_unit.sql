-- All plans of a plan's unit, held until the transaction ends, in the order that a run takes them.
SELECT unit_plan.id
FROM plan
INNER JOIN plan AS unit_plan ON plan.unit = unit_plan.unit
WHERE plan.id = :plan
ORDER BY unit_plan.period
FOR NO KEY UPDATE OF unit_plan
