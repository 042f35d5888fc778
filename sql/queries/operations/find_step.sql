-- One step of a month.
SELECT
    month_step.fingerprint,
    month_step.result
FROM month_step
WHERE month_step.period = :period AND month_step.step = :step
