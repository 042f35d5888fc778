-- How many mails of a mode haven't come to their end, of those that may go out.
SELECT count(*) AS mails
FROM mail_state
WHERE
    mail_state.mode = :mode
    AND mail_state.shown_state IN ('queued', 'retrying', 'uncertain')
    AND (
        NOT mail_state.required
        OR mail_state.period IN (
            SELECT month.period FROM month
            WHERE month.state IN ('reported', 'done')
        )
    )
