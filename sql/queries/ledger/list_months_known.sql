-- Each unit's months as known at a period's close: the newest delivery up to that period decides.
SELECT DISTINCT ON (ledger_month.unit, ledger_month.period)
    ledger_month.unit,
    ledger_month.period,
    ledger_month.budget,
    ledger_month.outcome,
    ledger_month.first_row,
    ledger_month.last_row,
    ledger_month.delivery_id
FROM ledger_month
INNER JOIN current_delivery ON ledger_month.delivery_id = current_delivery.id
WHERE
    current_delivery.period <= :period
    AND ledger_month.period >= :first
    AND ledger_month.period <= :last
ORDER BY ledger_month.unit ASC, ledger_month.period ASC, current_delivery.period DESC
