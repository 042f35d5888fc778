-- Where a month's mails of a mode stand: how many, and how many of them the month waits for.
SELECT
    mail_state.shown_state AS state,
    count(*) AS mails,
    count(*) FILTER (WHERE mail_state.required) AS required
FROM mail_state
WHERE mail_state.period = :period AND mail_state.mode = :mode
GROUP BY mail_state.shown_state
