-- Let a month's failed mails of a mode be tried again.
UPDATE mail SET
    state = 'queued', reason = NULL, finished_at = NULL, attempts = 0, first_attempt_at = NULL,
    next_attempt_at = NULL
WHERE period = :period AND mode = :mode AND state = 'failed'
    AND id NOT IN (SELECT overtaken_mail.id FROM overtaken_mail)
