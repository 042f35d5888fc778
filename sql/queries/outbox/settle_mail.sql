-- Let an operator say what became of a mail; who said it is kept.
UPDATE mail SET
    state = 'settled',
    settled_by = :settled_by,
    settled_as = :settled_as,
    sent_on = CASE WHEN :settled_as = 'sent' THEN cast(:day AS date) END,
    finished_at = now()
WHERE
    id = :mail
    AND (
        state IN ('queued', 'retrying', 'failed')
        OR (
            state = 'claimed'
            AND coalesce(worker_id NOT IN (SELECT living_worker.id FROM living_worker), TRUE)
        )
    )
RETURNING id
