-- Take a month that nobody living holds; no row when somebody does.
INSERT INTO month (period, held_by)
VALUES (:period, :worker)
ON CONFLICT (period) DO UPDATE SET held_by = excluded.held_by
WHERE
    month.held_by IS NULL
    OR month.held_by NOT IN (SELECT living_worker.id FROM living_worker)
RETURNING month.period
