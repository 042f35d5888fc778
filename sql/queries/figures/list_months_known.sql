-- Each unit's months as known at a period's close, with the rows that budget and outcome stand on.
SELECT
    known.unit,
    known.period,
    known.budget,
    known.outcome,
    known.budget_from,
    known.budget_first,
    known.budget_last,
    known.outcome_from,
    known.outcome_first,
    known.outcome_last
FROM known_ledger(:period, :first, :last) AS known
ORDER BY known.unit ASC, known.period ASC
