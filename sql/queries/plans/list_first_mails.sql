-- The mails that told some plans' managers of the larm, in a mode; what went out comes first. One that an
-- operator dropped asked for nothing.
SELECT
    plan.id AS plan_id,
    mail_state.sent_on,
    CASE WHEN mail_state.settled_as = 'dropped' THEN 'skipped' ELSE mail_state.shown_state END AS state
FROM plan
INNER JOIN mail_warning ON plan.unit = mail_warning.unit
INNER JOIN mail_state ON mail_warning.mail_id = mail_state.id AND plan.period = mail_state.period
WHERE
    plan.id = any(:plans)
    AND mail_state.kind = 'avvikelse'
    AND mail_warning.level = 'larm'
    AND mail_warning.direction = 'underskott'
    AND mail_state.mode = :mode
    AND mail_state.state <> 'skipped'
ORDER BY plan.id ASC, mail_state.shown_state = 'sent' DESC, mail_state.id ASC
