-- Let one delivery of a source and month be stored at a time; freed at the transaction's end.
SELECT pg_advisory_xact_lock(hashtext(:source), hashtext(:period)) AS is_locked
