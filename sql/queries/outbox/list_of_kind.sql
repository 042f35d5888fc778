-- The mails of a kind about a month, in the order they were queued: to whom, in which step.
SELECT
    mail_state.id,
    mail_state.address,
    mail_state.step,
    mail_state.shown_state AS state
FROM mail_state
WHERE
    mail_state.period = :period
    AND mail_state.kind = :kind
    AND mail_state.mode = :mode
ORDER BY mail_state.id
