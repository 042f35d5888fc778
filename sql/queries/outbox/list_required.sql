-- Where each mail of a mode stands that a month waits for.
SELECT
    mail_state.shown_state AS state,
    mail_state.settled_as
FROM mail_state
WHERE
    mail_state.period = :period
    AND mail_state.mode = :mode
    AND mail_state.required
    AND mail_state.state <> 'skipped'
