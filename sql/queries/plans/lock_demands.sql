-- Let one month at a time demand plans, so that each sees what the others demanded; freed at the
-- transaction's end.
SELECT pg_advisory_xact_lock(hashtext('plan demands')) AS is_locked
