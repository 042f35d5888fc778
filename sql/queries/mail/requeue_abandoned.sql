-- Mails become files by one rename: a claim of a killed process is safe to send again.
UPDATE mail SET state = 'queued', worker_id = NULL
WHERE state = 'claimed' AND worker_id NOT IN (SELECT living_worker.id FROM living_worker)
