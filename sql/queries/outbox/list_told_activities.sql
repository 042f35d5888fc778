-- The activities that a mail told of, with the last day that each had then, and to whom.
SELECT
    mail_warning.unit AS name,
    mail_warning.direction AS last_day,
    mail_state.address,
    mail_state.shown_state = 'failed' AS failed
FROM mail_state
INNER JOIN mail_warning ON mail_state.id = mail_warning.mail_id
WHERE
    mail_state.kind = 'aktivitet_sen'
    AND mail_state.mode = :mode
    AND mail_state.state <> 'skipped'
