-- The steps of a month that have been done, with what they were made of.
SELECT
    month_step.step,
    month_step.fingerprint,
    month_step.result,
    month_step.finished_at
FROM month_step
WHERE month_step.period = :period
ORDER BY month_step.finished_at
