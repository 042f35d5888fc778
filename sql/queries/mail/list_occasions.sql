-- The mails of a kind in a month, with the warnings that each carries.
SELECT
    mail_state.id,
    mail_state.recipient_role,
    mail_state.address,
    mail_state.occasion,
    mail_state.shown_state AS state,
    mail_warning.unit,
    mail_warning.level,
    mail_warning.direction
FROM mail_state
LEFT JOIN mail_warning ON mail_state.id = mail_warning.mail_id
WHERE
    mail_state.period = :period
    AND mail_state.kind = :kind
    AND mail_state.mode = :mode
ORDER BY mail_state.id, mail_warning.unit
