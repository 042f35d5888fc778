-- The outbox, newest month first; a state or a month when asked for.
SELECT
    mail_state.id,
    mail_state.period,
    mail_state.kind,
    mail_state.recipient_role,
    mail_state.address,
    mail_state.sent_to,
    mail_state.occasion,
    mail_state.mode,
    mail_state.subject,
    mail_state.shown_state AS state,
    mail_state.attempts,
    mail_state.next_attempt_at,
    mail_state.finished_at,
    mail_state.reason,
    mail_state.settled_by,
    mail_state.settled_as,
    mail_state.message_id
FROM mail_state
WHERE
    (cast(:state AS text) IS NULL OR mail_state.shown_state = :state)
    AND (cast(:period AS date) IS NULL OR mail_state.period = :period)
ORDER BY mail_state.period DESC, mail_state.id ASC
