-- What is known at a period's close of one half of the ledger, of some months: each unit's sum and the sum
-- without signs. half: budget or outcome. Amounts that are missing are left out.
WITH deciding AS MATERIALIZED (
    SELECT
        known.period,
        CASE
            WHEN :half = 'budget' THEN known.budget_from
            ELSE known.outcome_from
        END AS decided_by
    FROM deciding_ledger(:period, :first, :last) AS known
),

told AS (
    SELECT
        ledger_row.delivery_id,
        ledger_row.unit,
        ledger_row.period,
        CASE WHEN :half = 'budget' THEN ledger_row.budget ELSE ledger_row.outcome END AS amount
    FROM ledger_row
    WHERE ledger_row.delivery_id = any(array(SELECT deciding.decided_by FROM deciding))
)

SELECT
    told.unit,
    told.period,
    sum(told.amount) AS net,
    sum(abs(told.amount)) AS gross
FROM told
INNER JOIN deciding ON told.delivery_id = deciding.decided_by AND told.period = deciding.period
WHERE told.amount IS NOT NULL
GROUP BY told.unit, told.period
