-- The months with plans that nobody has decided.
SELECT DISTINCT plan.period
FROM plan
WHERE plan.state IN ('required', 'submitted', 'returned', 'withdrawn')
ORDER BY plan.period
