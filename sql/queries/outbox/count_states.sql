-- How many of a month's mails stand where, trials included.
SELECT
    mail_state.shown_state AS state,
    count(*) AS mails
FROM mail_state
WHERE mail_state.period = :period
GROUP BY mail_state.shown_state
