-- A year's budgets as they were known at earlier closings of it, of units whose budgets were otherwise then.
-- A closing is a period with a budget; what was known is decided as in deciding_ledger, of all at once.
-- `months` (1–12) and `budgets` go together, and are null for a unit that had no budget then.
WITH telling AS MATERIALIZED (
    SELECT
        ledger_delivery.period,
        ledger_delivery.rows_of,
        ledger_delivery.known_from
    FROM ledger_delivery
    WHERE
        ledger_delivery.source <> 'utfall'
        AND ledger_delivery.period >= :first
        AND ledger_delivery.period <= :period
),

closing AS (
    SELECT DISTINCT telling.period FROM telling
),

months_told AS (
    SELECT DISTINCT
        ledger_month.delivery_id,
        ledger_month.period
    FROM ledger_month
    WHERE
        ledger_month.delivery_id = any(array(SELECT telling.rows_of FROM telling))
        AND ledger_month.period >= :first
        AND ledger_month.period <= :last
),

deciding AS (
    SELECT DISTINCT ON (closing.period, months_told.period)
        closing.period AS closed,
        months_told.period,
        months_told.delivery_id
    FROM closing
    INNER JOIN telling ON closing.period >= telling.period
    INNER JOIN months_told ON telling.rows_of = months_told.delivery_id
    ORDER BY
        closing.period ASC, months_told.period ASC, telling.known_from DESC, telling.rows_of DESC
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
