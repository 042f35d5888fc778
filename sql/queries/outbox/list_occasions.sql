-- The mails of some kinds in a month, in the order they were queued, with the warnings that each carries.
SELECT
    mail_state.id,
    mail_state.kind,
    mail_state.recipient_role,
    mail_state.address,
    mail_state.occasion,
    mail_state.shown_state AS state,
    mail_state.message_id,
    mail_warning.unit,
    mail_warning.level,
    mail_warning.direction,
    mail_warning.assessment_id,
    coalesce(
        mail_state.sent_on, cast(mail_state.queued_at AT TIME ZONE 'Europe/Stockholm' AS date)
    ) AS told_on
FROM mail_state
LEFT JOIN mail_warning ON mail_state.id = mail_warning.mail_id
WHERE
    mail_state.period = :period
    AND mail_state.kind = any(:kinds)
    AND mail_state.mode = :mode
ORDER BY mail_state.id, mail_warning.unit
