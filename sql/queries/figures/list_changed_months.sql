-- Earlier months that a period's deliveries say otherwise than those that decided them before: figures that
-- differ, units that have come and units that have gone. A half that nobody had told isn't told otherwise.
WITH span AS (
    SELECT
        cast(cast(:period AS date) - make_interval(months => 1) AS date) AS before,
        make_date(cast(extract(YEAR FROM cast(:period AS date)) AS integer), 1, 1) AS january
),

changed AS MATERIALIZED (
    SELECT
        now_deciding.period,
        then_deciding.budget_from IS NOT NULL AS had_budget,
        then_deciding.outcome_from IS NOT NULL AS had_outcome
    FROM span
    CROSS JOIN deciding_ledger(:period, span.january, span.before) AS now_deciding
    INNER JOIN deciding_ledger(span.before, span.january, span.before) AS then_deciding
        ON now_deciding.period = then_deciding.period
    WHERE
        now_deciding.budget_from IS DISTINCT FROM then_deciding.budget_from
        OR now_deciding.outcome_from IS DISTINCT FROM then_deciding.outcome_from
),

now_known AS (
    SELECT known.*
    FROM span
    CROSS JOIN known_ledger(:period, span.january, span.before) AS known
    WHERE known.period IN (SELECT changed.period FROM changed)
),

known_before AS (
    SELECT known.*
    FROM span
    CROSS JOIN known_ledger(span.before, span.january, span.before) AS known
    WHERE known.period IN (SELECT changed.period FROM changed)
),

both_times AS (
    SELECT
        known_before.outcome AS outcome_before,
        now_known.outcome AS outcome_after,
        known_before.budget AS budget_before,
        now_known.budget AS budget_after,
        now_known.outcome_first,
        now_known.budget_first,
        coalesce(now_known.unit, known_before.unit) AS unit,
        coalesce(now_known.period, known_before.period) AS period
    FROM now_known
    FULL JOIN known_before
        ON now_known.unit = known_before.unit AND now_known.period = known_before.period
)

SELECT
    both_times.unit,
    both_times.period,
    both_times.outcome_before,
    both_times.outcome_after,
    both_times.budget_before,
    both_times.budget_after,
    both_times.outcome_first,
    both_times.budget_first
FROM both_times
INNER JOIN changed ON both_times.period = changed.period
WHERE
    (changed.had_outcome AND both_times.outcome_before IS DISTINCT FROM both_times.outcome_after)
    OR (changed.had_budget AND both_times.budget_before IS DISTINCT FROM both_times.budget_after)
ORDER BY both_times.period, both_times.unit
