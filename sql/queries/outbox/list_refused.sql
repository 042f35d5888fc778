-- Addresses that a mail server refused when they were last tried: nobody is there any more.
SELECT newest.address
FROM (
    SELECT DISTINCT ON (mail.address)
        mail.address,
        mail.recipient_refused
    FROM mail
    WHERE mail.mode = :mode AND mail.state IN ('sent', 'failed') AND mail.sent_to = mail.address
    ORDER BY mail.address ASC, mail.finished_at DESC
) AS newest
WHERE newest.recipient_refused
ORDER BY newest.address
