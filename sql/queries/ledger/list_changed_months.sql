-- Outcomes of earlier months that a period's delivery says otherwise than the one that was known before it.
WITH now_known AS (
    SELECT
        ledger_month.unit,
        ledger_month.period,
        ledger_month.outcome,
        ledger_month.first_row
    FROM ledger_month
    INNER JOIN current_delivery ON ledger_month.delivery_id = current_delivery.id
    WHERE current_delivery.period = :period AND ledger_month.period < :period
),

known_before AS (
    SELECT DISTINCT ON (ledger_month.unit, ledger_month.period)
        ledger_month.unit,
        ledger_month.period,
        ledger_month.outcome
    FROM ledger_month
    INNER JOIN current_delivery ON ledger_month.delivery_id = current_delivery.id
    WHERE current_delivery.period < :period AND ledger_month.period < :period
    ORDER BY ledger_month.unit ASC, ledger_month.period ASC, current_delivery.period DESC
)

SELECT
    now_known.unit,
    now_known.period,
    known_before.outcome AS before,
    now_known.outcome AS after,
    now_known.first_row
FROM now_known
INNER JOIN known_before
    ON now_known.unit = known_before.unit AND now_known.period = known_before.period
WHERE now_known.outcome IS DISTINCT FROM known_before.outcome
ORDER BY now_known.period, now_known.unit
