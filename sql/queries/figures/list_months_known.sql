-- Each unit's months as known at a period's close. Files are never merged: of the deliveries up to that
-- period the newest one that has a month decides that month whole.
WITH deciding AS (
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
)

SELECT
    ledger_month.unit,
    ledger_month.period,
    ledger_month.budget,
    ledger_month.outcome,
    ledger_month.first_row,
    ledger_month.last_row,
    ledger_month.delivery_id
FROM ledger_month
INNER JOIN deciding
    ON ledger_month.delivery_id = deciding.delivery_id AND ledger_month.period = deciding.period
ORDER BY ledger_month.unit ASC, ledger_month.period ASC
