-- Who holds a month, for the message to the one who must wait.
SELECT
    worker.host,
    worker.process_id,
    worker.started_at
FROM month
INNER JOIN worker ON month.held_by = worker.id
WHERE month.period = :period
