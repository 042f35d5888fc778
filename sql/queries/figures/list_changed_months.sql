-- Earlier months that a period's delivery says otherwise than the delivery that decided them before it:
-- figures that differ, units that have come and units that have gone.
WITH now_known AS (
    SELECT
        ledger_month.unit,
        ledger_month.period,
        ledger_month.budget,
        ledger_month.outcome,
        ledger_month.first_row
    FROM ledger_month
    INNER JOIN current_delivery ON ledger_month.delivery_id = current_delivery.id
    WHERE current_delivery.period = :period AND ledger_month.period < :period
),

deciding_before AS (
    SELECT DISTINCT ON (ledger_month.period)
        ledger_month.period,
        ledger_month.delivery_id
    FROM ledger_month
    INNER JOIN current_delivery ON ledger_month.delivery_id = current_delivery.id
    WHERE
        current_delivery.period < :period
        AND ledger_month.period IN (SELECT now_known.period FROM now_known)
    ORDER BY ledger_month.period ASC, current_delivery.period DESC
),

known_before AS (
    SELECT
        ledger_month.unit,
        ledger_month.period,
        ledger_month.budget,
        ledger_month.outcome
    FROM ledger_month
    INNER JOIN deciding_before
        ON
            ledger_month.delivery_id = deciding_before.delivery_id
            AND ledger_month.period = deciding_before.period
)

SELECT
    now_known.first_row,
    known_before.outcome AS outcome_before,
    now_known.outcome AS outcome_after,
    known_before.budget AS budget_before,
    now_known.budget AS budget_after,
    coalesce(now_known.unit, known_before.unit) AS unit,
    coalesce(now_known.period, known_before.period) AS period
FROM now_known
FULL JOIN known_before
    ON now_known.unit = known_before.unit AND now_known.period = known_before.period
WHERE
    (
        now_known.outcome IS DISTINCT FROM known_before.outcome
        OR now_known.budget IS DISTINCT FROM known_before.budget
    )
    AND coalesce(now_known.period, known_before.period) IN (
        SELECT deciding_before.period FROM deciding_before
    )
ORDER BY period, unit
