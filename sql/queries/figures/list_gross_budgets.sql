-- Each unit's budgeted costs with its months side by side, without the incomes: what a net budget near 0 is
-- the rest of, as known at a period's close. A sum that lacks an amount is missing.
WITH deciding AS MATERIALIZED (
    SELECT
        known.period,
        known.budget_from
    FROM deciding_ledger(:period, :first, :last) AS known
),

costs AS (
    SELECT
        ledger_row.unit,
        ledger_row.period,
        CASE
            WHEN count(ledger_row.budget) = count(*) THEN sum(greatest(ledger_row.budget, 0))
        END AS gross
    FROM ledger_row
    INNER JOIN deciding
        ON ledger_row.delivery_id = deciding.budget_from AND ledger_row.period = deciding.period
    GROUP BY ledger_row.unit, ledger_row.period
)

SELECT
    costs.unit,
    array_agg(costs.period ORDER BY costs.period) AS periods,
    array_agg(costs.gross ORDER BY costs.period) AS gross
FROM costs
GROUP BY costs.unit
ORDER BY costs.unit ASC
