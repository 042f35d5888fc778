-- The mails that ask for something about a plan and haven't gone out, in any mode: reminders, escalations,
-- and what asks for a decision.
SELECT plan_mail.mail_id
FROM plan_mail
INNER JOIN mail ON plan_mail.mail_id = mail.id
WHERE
    plan_mail.plan_id = :plan
    AND (plan_mail.rung IS NOT NULL OR mail.kind = 'plan_att_besluta')
    AND mail.state IN ('queued', 'retrying')
ORDER BY plan_mail.mail_id
