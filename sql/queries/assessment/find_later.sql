-- The latest month that has been assessed, when it is after this one.
SELECT assessment.period
FROM assessment
WHERE assessment.period > :period
ORDER BY assessment.period DESC
LIMIT 1
