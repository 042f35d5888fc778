-- Plans of a month that wait for a decision and that no mail of another day has told the head of; those in
-- the day's own mail are among them, so that it can be written anew while it hasn't gone out.
SELECT plan.id
FROM plan
WHERE
    plan.period = :period
    AND plan.state = 'submitted'
    AND NOT EXISTS (
        SELECT 1
        FROM plan_mail
        INNER JOIN mail ON plan_mail.mail_id = mail.id
        WHERE
            plan_mail.plan_id = plan.id
            AND plan_mail.mode = :mode
            AND mail.kind = 'plan_att_besluta'
            AND mail.queued_at >= (
                SELECT max(plan_event.happened_at)
                FROM plan_event
                WHERE plan_event.plan_id = plan.id AND plan_event.action = 'submit'
            )
            AND NOT (mail.state = 'failed' AND mail.recipient_refused)
            AND NOT (mail.state IN ('queued', 'retrying') AND right(mail.step, 10) = :day)
    )
ORDER BY plan.id
