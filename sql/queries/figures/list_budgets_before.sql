-- A year's budgets as they were known at earlier closings of it, of units whose budgets were otherwise then.
-- A closing is a period with a delivery; what was known is decided as in list_months_known. `months`
-- (1–12) and `budgets` go together, and are null for a unit that had no budget then.
WITH closing AS (
    SELECT current_delivery.period
    FROM current_delivery
    WHERE
        current_delivery.source = 'ekonomi'
        AND current_delivery.period >= :first
        AND current_delivery.period <= :period
),

delivered AS (
    SELECT DISTINCT
        current_delivery.period AS delivered_for,
        ledger_month.period,
        ledger_month.delivery_id
    FROM ledger_month
    INNER JOIN current_delivery ON ledger_month.delivery_id = current_delivery.id
    WHERE
        current_delivery.period >= :first
        AND current_delivery.period <= :period
        AND ledger_month.period >= :first
        AND ledger_month.period <= :last
),

deciding AS (
    SELECT DISTINCT ON (closing.period, delivered.period)
        closing.period AS closed,
        delivered.period,
        delivered.delivery_id
    FROM closing
    INNER JOIN delivered ON closing.period >= delivered.delivered_for
    ORDER BY closing.period ASC, delivered.period ASC, delivered.delivered_for DESC
),

known AS (
    SELECT
        deciding.closed,
        ledger_month.unit,
        array_agg(
            cast(extract(MONTH FROM ledger_month.period) AS integer) ORDER BY ledger_month.period
        ) AS months,
        array_agg(ledger_month.budget ORDER BY ledger_month.period) AS budgets
    FROM deciding
    INNER JOIN ledger_month
        ON deciding.delivery_id = ledger_month.delivery_id AND deciding.period = ledger_month.period
    GROUP BY deciding.closed, ledger_month.unit
),

every_unit AS (
    SELECT
        closing.period AS closed,
        units.unit
    FROM closing
    CROSS JOIN (SELECT DISTINCT known.unit FROM known) AS units
)

SELECT
    every_unit.closed,
    every_unit.unit,
    known_then.months,
    known_then.budgets
FROM every_unit
LEFT JOIN known AS known_then
    ON every_unit.closed = known_then.closed AND every_unit.unit = known_then.unit
LEFT JOIN known AS known_now
    ON
        every_unit.unit = known_now.unit
        AND known_now.closed = (SELECT max(closing.period) FROM closing)
WHERE
    known_then.months IS DISTINCT FROM known_now.months
    OR known_then.budgets IS DISTINCT FROM known_now.budgets
ORDER BY every_unit.closed ASC, every_unit.unit ASC
