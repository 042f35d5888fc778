-- The mails of the ladder of some plans, in their present round and a mode.
SELECT
    plan_mail.plan_id,
    plan_mail.rung,
    mail_state.id AS mail_id,
    mail_state.shown_state AS state,
    mail_state.sent_on,
    mail_state.settled_as,
    mail_state.address,
    mail_state.message_id
FROM plan_mail
INNER JOIN plan ON plan_mail.plan_id = plan.id AND plan_mail.round = plan.round
INNER JOIN mail_state ON plan_mail.mail_id = mail_state.id
WHERE plan_mail.plan_id = any(:plans) AND plan_mail.mode = :mode AND plan_mail.rung IS NOT NULL
ORDER BY plan_mail.plan_id, mail_state.id
