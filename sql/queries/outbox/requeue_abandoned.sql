-- A mail becomes a file by one rename: a killed process's claim for a folder, and for nothing else, is safe
-- to send again.
UPDATE mail SET state = 'queued', worker_id = NULL
WHERE
    state = 'claimed'
    AND claimed_for = 'folder'
    AND id NOT IN (SELECT overtaken_mail.id FROM overtaken_mail)
    AND worker_id NOT IN (SELECT living_worker.id FROM living_worker)
