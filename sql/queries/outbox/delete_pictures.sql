-- Forget which pictures an unsent mail shows: it is being replaced.
DELETE FROM mail_picture
WHERE mail_id = :mail
