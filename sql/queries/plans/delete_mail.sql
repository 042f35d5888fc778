-- Forget which plans a mail is about: it was withdrawn before it went out.
DELETE FROM plan_mail
WHERE mail_id = :mail
