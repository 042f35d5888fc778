-- Claim a mail of a mode that is due, before anything is sent, least tried first: the month's or a receipt,
-- or (any_month) of every month, but of one that hasn't been reported only what the month doesn't wait for.
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
        AND (
            candidate.period = :period
            OR candidate.kind IN ('kvitto_nekad', 'kvitto_mottagen')
            OR (
                :any_month
                AND (
                    NOT candidate.required
                    OR candidate.period IN (
                        SELECT month.period FROM month
                        WHERE month.state IN ('reported', 'done')
                    )
                )
            )
        )
        AND NOT (candidate.required AND :notices_only)
        AND NOT EXISTS (
            SELECT 1
            FROM overtaken_mail
            WHERE overtaken_mail.id = candidate.id
        )
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
    thread,
    subject,
    body_text,
    body_html,
    queued_at,
    attempts,
    first_attempt_at
