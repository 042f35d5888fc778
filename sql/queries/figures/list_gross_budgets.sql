-- Each unit's budgeted costs with its months side by side, without the incomes: what a net budget near 0 is
-- the rest of. The newest delivery that has a month decides it whole. A sum that lacks an amount is missing.
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

costs AS (
    SELECT
        ledger_row.unit,
        ledger_row.period,
        CASE
            WHEN count(ledger_row.budget) = count(*) THEN sum(greatest(ledger_row.budget, 0))
        END AS gross
    FROM ledger_row
    INNER JOIN deciding
        ON ledger_row.delivery_id = deciding.delivery_id AND ledger_row.period = deciding.period
    GROUP BY ledger_row.unit, ledger_row.period
)

SELECT
    costs.unit,
    array_agg(costs.period ORDER BY costs.period) AS periods,
    array_agg(costs.gross ORDER BY costs.period) AS gross
FROM costs
GROUP BY costs.unit
ORDER BY costs.unit ASC
