-- Let one transaction at a time decide who holds a month; freed at its end.
SELECT pg_advisory_xact_lock(hashtext('month'), cast(:period AS date) - date '2000-01-01') AS is_locked
