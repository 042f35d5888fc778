-- The outbox, newest month first; what is asked for of it.
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
    AND (cast(:address AS text) IS NULL OR :address IN (mail_state.address, mail_state.sent_to))
    AND (cast(:kind AS text) IS NULL OR mail_state.kind = :kind)
    AND (
        cast(:unit AS text) IS NULL
        OR mail_state.id IN (
            SELECT mail_warning.mail_id FROM mail_warning
            WHERE mail_warning.unit = :unit
            UNION
            SELECT plan_mail.mail_id FROM plan_mail INNER JOIN plan ON plan_mail.plan_id = plan.id
            WHERE plan.unit = :unit
        )
    )
ORDER BY mail_state.period DESC, mail_state.id ASC
