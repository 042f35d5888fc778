-- Some units' account groups with their months side by side, as known at a period's close. A sum that lacks
-- an amount on any row is missing, and a group without a row in a half of a month that its unit has is 0
-- there. The deciding deliveries are an array, so that only the blocks where their rows lie are read (BRIN).
WITH deciding AS MATERIALIZED (
    SELECT
        known.period,
        known.budget_from,
        known.outcome_from
    FROM deciding_ledger(:period, :first, :last) AS known
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
        ledger_row.delivery_id = any(
            array(
                SELECT deciding.budget_from FROM deciding
                UNION
                SELECT deciding.outcome_from FROM deciding
            )
        )
        AND ledger_row.unit = any(:units)
),

halves AS (
    SELECT
        of_the_units.unit,
        of_the_units.account_group,
        of_the_units.period,
        cast(of_the_units.delivery_id = deciding.budget_from AS integer) AS is_budget,
        cast(of_the_units.delivery_id = deciding.outcome_from AS integer) AS is_outcome,
        CASE WHEN of_the_units.delivery_id = deciding.budget_from THEN of_the_units.budget END AS budget,
        CASE WHEN of_the_units.delivery_id = deciding.outcome_from THEN of_the_units.outcome END AS outcome
    FROM of_the_units
    INNER JOIN deciding
        ON
            of_the_units.period = deciding.period
            AND of_the_units.delivery_id IN (deciding.budget_from, deciding.outcome_from)
),

summed AS (
    SELECT
        halves.unit,
        halves.account_group,
        halves.period,
        CASE
            WHEN
                count(halves.budget) = sum(halves.is_budget)
                AND sum(sum(halves.is_budget)) OVER (PARTITION BY halves.unit, halves.period) > 0
                THEN coalesce(sum(halves.budget), 0)
        END AS budget,
        CASE
            WHEN
                count(halves.outcome) = sum(halves.is_outcome)
                AND sum(sum(halves.is_outcome)) OVER (PARTITION BY halves.unit, halves.period) > 0
                THEN coalesce(sum(halves.outcome), 0)
        END AS outcome
    FROM halves
    GROUP BY halves.unit, halves.account_group, halves.period
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
