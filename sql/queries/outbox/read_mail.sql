-- One mail as it was written, and the units that it is about.
SELECT
    mail_state.id,
    mail_state.subject,
    mail_state.shown_state AS state,
    mail_state.reason,
    mail_state.sent_to,
    mail_state.address,
    mail_state.recipient_role,
    mail_state.queued_at,
    mail_state.finished_at,
    mail_state.message_id,
    mail_state.body_text,
    mail_state.bodies_removed_on,
    array(
        SELECT mail_warning.unit FROM mail_warning
        WHERE mail_warning.mail_id = mail_state.id
        UNION
        SELECT plan.unit FROM plan_mail INNER JOIN plan ON plan_mail.plan_id = plan.id
        WHERE plan_mail.mail_id = mail_state.id
        ORDER BY 1
    ) AS units
FROM mail_state
WHERE mail_state.id = :mail
