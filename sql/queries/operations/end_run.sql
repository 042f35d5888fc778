-- Note how a run of a month ended.
UPDATE month_run SET ended_at = now(), state = :state, reason = :reason
WHERE id = :run
