-- Let one fetched file of a source and month be put into the inbox at a time; freed at the transaction's end.
SELECT pg_advisory_xact_lock(hashtext('fetch ' || :source), hashtext(:period)) AS is_locked
