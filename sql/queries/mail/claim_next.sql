-- Claim a mail of a mode that is due, before anything is sent: the month's, or a receipt; least tried first.
UPDATE mail
SET
    state = 'claimed',
    worker_id = :worker,
    claimed_for = :claimed_for,
    attempts = attempts + 1,
    first_attempt_at = coalesce(first_attempt_at, :now)
WHERE id = (
    SELECT candidate.id
    FROM mail AS candidate
    WHERE
        candidate.mode = :mode
        AND (candidate.period = :period OR candidate.kind = 'kvitto_nekad')
        AND NOT (candidate.required AND :notices_only)
        AND (
            candidate.state = 'queued'
            OR (candidate.state = 'retrying' AND candidate.next_attempt_at <= :now)
        )
    ORDER BY candidate.attempts, candidate.id
    LIMIT 1
    FOR UPDATE SKIP LOCKED
)
RETURNING
    id,
    sent_to,
    reply_to,
    message_id,
    subject,
    body_text,
    body_html,
    queued_at,
    attempts,
    first_attempt_at
