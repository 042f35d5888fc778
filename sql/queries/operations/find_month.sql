-- A month's state, and whether somebody works on it now.
SELECT
    month.period,
    month.state,
    month.step,
    month.reason,
    month.first_assessed_on,
    month.done_in,
    coalesce(month.held_by IN (SELECT living_worker.id FROM living_worker), FALSE) AS running
FROM month
WHERE month.period = :period
