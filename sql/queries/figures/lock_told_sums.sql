-- Let one transaction at a time decide what may be told beside all that was; freed at its end.
SELECT pg_advisory_xact_lock(hashtext('told sums')) AS is_locked
