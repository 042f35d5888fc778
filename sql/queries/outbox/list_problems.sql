-- A month's mails that failed or whose end nobody knows.
SELECT
    mail_state.id,
    mail_state.shown_state AS state,
    mail_state.sent_to,
    mail_state.subject,
    mail_state.reason
FROM mail_state
WHERE
    mail_state.period = :period
    AND mail_state.shown_state IN ('failed', 'uncertain')
ORDER BY mail_state.id
