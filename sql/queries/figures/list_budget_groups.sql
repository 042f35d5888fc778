-- The budget of each account group and month as known at a period's close, with the first and last row of it.
-- A sum that lacks an amount is missing.
WITH deciding AS MATERIALIZED (
    SELECT
        known.period,
        known.budget_from
    FROM deciding_ledger(:period, :first, :last) AS known
),

budgeted AS (
    SELECT
        ledger_row.account_group,
        ledger_row.period,
        ledger_row.delivery_id,
        ledger_row.budget,
        ledger_row.row_no
    FROM ledger_row
    WHERE ledger_row.delivery_id = any(array(SELECT deciding.budget_from FROM deciding))
)

SELECT
    budgeted.account_group,
    budgeted.period,
    budgeted.delivery_id,
    CASE WHEN count(budgeted.budget) = count(*) THEN sum(budgeted.budget) END AS budget,
    min(budgeted.row_no) AS first_row,
    max(budgeted.row_no) AS last_row
FROM budgeted
INNER JOIN deciding
    ON budgeted.delivery_id = deciding.budget_from AND budgeted.period = deciding.period
GROUP BY budgeted.account_group, budgeted.period, budgeted.delivery_id
ORDER BY budgeted.account_group, budgeted.period
