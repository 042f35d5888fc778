-- Let one transaction at a time decide who holds a month; freed at its end.
SELECT pg_advisory_xact_lock(hashtext('month'), cast(extract(EPOCH FROM cast(:period AS date)) / 86400 AS integer))
