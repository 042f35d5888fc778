-- The approved plans of a plan's unit from earlier months, held until the transaction ends.
SELECT
    older.id,
    older.state,
    older.round,
    older.version,
    older.due,
    older.acknowledged_on
FROM plan
INNER JOIN plan AS older ON plan.unit = older.unit AND plan.period > older.period
WHERE plan.id = :plan AND older.state IN ('approved', 'following')
ORDER BY older.id
FOR NO KEY UPDATE OF older
