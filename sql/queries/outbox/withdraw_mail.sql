-- Take back a mail that nobody has tried to send.
UPDATE mail SET state = 'skipped', finished_at = now(), reason = :reason
WHERE
    id = :mail
    AND state IN ('queued', 'retrying')
