-- Forget what an unsent mail carried: it is being replaced.
DELETE FROM mail_warning
WHERE mail_id = :mail
