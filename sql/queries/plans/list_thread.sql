-- The mails about a plan that an address was sent before, oldest first: the larm, then what followed.
SELECT told.message_id
FROM (
    SELECT
        mail.id,
        mail.message_id
    FROM plan
    INNER JOIN mail_warning ON plan.unit = mail_warning.unit
    INNER JOIN mail ON mail_warning.mail_id = mail.id AND plan.period = mail.period
    WHERE
        plan.id = :plan
        AND mail.kind = 'avvikelse'
        AND mail.mode = :mode
        AND mail.address = :address
        AND mail.state <> 'skipped'
    UNION
    SELECT
        mail.id,
        mail.message_id
    FROM plan_mail
    INNER JOIN mail ON plan_mail.mail_id = mail.id
    WHERE
        plan_mail.plan_id = :plan
        AND plan_mail.mode = :mode
        AND mail.address = :address
        AND mail.state NOT IN ('queued', 'skipped')
) AS told
ORDER BY told.id
