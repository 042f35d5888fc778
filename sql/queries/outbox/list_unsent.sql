-- The mails that the next run of a month in a mode would send, whole.
SELECT
    mail.id,
    mail.kind,
    mail.sent_to,
    mail.subject,
    mail.body_text,
    mail.body_html
FROM mail
WHERE
    mail.mode = :mode
    AND (mail.period = :period OR mail.kind IN ('kvitto_nekad', 'kvitto_mottagen'))
    AND mail.state IN ('queued', 'retrying')
ORDER BY mail.id
