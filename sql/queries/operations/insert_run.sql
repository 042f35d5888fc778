-- Note that a run of a month begins.
INSERT INTO month_run (period, worker_id)
VALUES (:period, :worker)
RETURNING id
