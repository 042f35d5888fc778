-- One mail, for the operator who asked for it.
SELECT
    mail_state.id,
    mail_state.shown_state AS state,
    mail_state.subject,
    mail_state.sent_to
FROM mail_state
WHERE mail_state.id = :mail
