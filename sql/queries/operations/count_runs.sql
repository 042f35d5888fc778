-- How many runs of a month have begun.
SELECT count(*) AS runs
FROM month_run
WHERE month_run.period = :period
