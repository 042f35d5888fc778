-- Note what became of a mail that this worker claimed; 'claimed' by nobody is uncertain.
UPDATE mail
SET
    state = :state,
    reason = :reason,
    next_attempt_at = :next_attempt_at,
    sent_on = CASE WHEN :state = 'sent' THEN cast(:day AS date) END,
    recipient_refused = :recipient_refused,
    finished_at = CASE WHEN :state IN ('sent', 'failed') THEN now() END,
    worker_id = NULL
WHERE id = :mail AND state = 'claimed' AND worker_id = :worker
