-- Months from one on that nobody works on though there is work left: ready without a run since, left by a run
-- that died, or with mails that were queued and not sent.
WITH last_run AS (
    SELECT DISTINCT ON (month_run.period)
        month_run.period,
        month_run.started_at,
        month_run.ended_at
    FROM month_run
    ORDER BY month_run.period ASC, month_run.id DESC
),

idle AS (
    SELECT
        month.period,
        month.state
    FROM month
    WHERE month.held_by IS NULL OR month.held_by NOT IN (SELECT living_worker.id FROM living_worker)
)

SELECT month_ready.period
FROM month_ready
LEFT JOIN last_run ON month_ready.period = last_run.period
WHERE
    month_ready.period >= :first
    AND (last_run.started_at IS NULL OR last_run.started_at < month_ready.made_at)
    AND NOT EXISTS (
        SELECT 1 FROM month
        WHERE
            month.period = month_ready.period
            AND month.held_by IN (SELECT living_worker.id FROM living_worker)
    )
UNION
SELECT idle.period
FROM idle
INNER JOIN last_run ON idle.period = last_run.period
WHERE idle.period >= :first AND last_run.ended_at IS NULL
UNION
SELECT idle.period
FROM idle
INNER JOIN mail ON idle.period = mail.period
WHERE
    idle.period >= :first
    AND idle.state = 'reported'
    AND mail.required
    AND mail.mode = :mode
ORDER BY period
