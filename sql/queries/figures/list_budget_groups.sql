-- The budget of each account group and month as known at a period's close, with the first and last row of it.
-- The newest delivery that has a month decides it whole. A sum that lacks an amount is missing.
WITH deciding AS MATERIALIZED (
    SELECT DISTINCT ON (ledger_month.period)
        ledger_month.period,
        ledger_month.delivery_id
    FROM ledger_month
    INNER JOIN current_delivery ON ledger_month.delivery_id = current_delivery.id
    WHERE
        current_delivery.period <= :period
        AND ledger_month.period >= :first
        AND ledger_month.period <= :last
    ORDER BY ledger_month.period ASC, current_delivery.period DESC
),

budgeted AS (
    SELECT
        ledger_row.account_group,
        ledger_row.period,
        ledger_row.delivery_id,
        ledger_row.budget,
        ledger_row.row_no
    FROM ledger_row
    WHERE ledger_row.delivery_id = any(array(SELECT deciding.delivery_id FROM deciding))
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
    ON budgeted.delivery_id = deciding.delivery_id AND budgeted.period = deciding.period
GROUP BY budgeted.account_group, budgeted.period, budgeted.delivery_id
ORDER BY budgeted.account_group, budgeted.period
