-- The units that a delivery has an outcome for in its own month.
SELECT ledger_month.unit
FROM ledger_month
INNER JOIN delivery ON ledger_month.delivery_id = delivery.id
WHERE
    ledger_month.delivery_id = :delivery
    AND ledger_month.period = delivery.period
    AND ledger_month.outcome IS NOT NULL
