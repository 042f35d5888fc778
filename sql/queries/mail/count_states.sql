-- How many of a month's mails stand where, all and only the required ones.
SELECT
    mail_state.shown_state AS state,
    count(*) AS mails,
    count(*) FILTER (WHERE mail_state.required) AS required
FROM mail_state
WHERE mail_state.period = :period
GROUP BY mail_state.shown_state
