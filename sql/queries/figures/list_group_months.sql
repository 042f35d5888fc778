-- Some units' account groups with their months side by side, as known at a period's close: the newest
-- delivery that has a month decides it whole. A sum that lacks an amount on any row is missing. The deciding
-- deliveries are an array, so that only the blocks where their rows lie are read (BRIN).
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

of_the_units AS (
    SELECT
        ledger_row.delivery_id,
        ledger_row.unit,
        ledger_row.account_group,
        ledger_row.period,
        ledger_row.budget,
        ledger_row.outcome
    FROM ledger_row
    WHERE
        ledger_row.delivery_id = any(array(SELECT deciding.delivery_id FROM deciding))
        AND ledger_row.unit = any(:units)
),

summed AS (
    SELECT
        of_the_units.unit,
        of_the_units.account_group,
        of_the_units.period,
        CASE WHEN count(of_the_units.budget) = count(*) THEN sum(of_the_units.budget) END AS budget,
        CASE WHEN count(of_the_units.outcome) = count(*) THEN sum(of_the_units.outcome) END AS outcome
    FROM of_the_units
    INNER JOIN deciding
        ON of_the_units.delivery_id = deciding.delivery_id AND of_the_units.period = deciding.period
    GROUP BY of_the_units.unit, of_the_units.account_group, of_the_units.period
)

SELECT
    summed.unit,
    summed.account_group,
    array_agg(summed.period ORDER BY summed.period) AS periods,
    array_agg(summed.budget ORDER BY summed.period) AS budgets,
    array_agg(summed.outcome ORDER BY summed.period) AS outcomes
FROM summed
GROUP BY summed.unit, summed.account_group
ORDER BY summed.account_group, summed.unit
