-- Queue one mail again for an operator, its attempts counted anew: one that failed, waits for its next
-- attempt or is uncertain; never one that is being sent, has gone out, was withdrawn or is settled.
UPDATE mail SET
    state = 'queued',
    worker_id = NULL,
    reason = NULL,
    finished_at = NULL,
    attempts = 0,
    first_attempt_at = NULL,
    next_attempt_at = NULL
WHERE
    id = :mail
    AND id NOT IN (SELECT overtaken_mail.id FROM overtaken_mail)
    AND (
        state IN ('failed', 'retrying')
        OR (
            state = 'claimed'
            AND coalesce(worker_id NOT IN (SELECT living_worker.id FROM living_worker), TRUE)
        )
    )
RETURNING id
