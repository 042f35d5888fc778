-- Refused deliveries whose receipt nobody has been mailed yet, and that no accepted one has replaced.
WITH refused AS (
    SELECT
        delivery.id,
        delivery.source,
        delivery.period,
        delivery.received_at,
        delivery.receipt,
        'leverans ' || delivery.source || ' ' || left(delivery.sha256, 16) AS mail_step
    FROM delivery
    WHERE delivery.state = 'refused' AND delivery.of_file IS NULL
)

SELECT
    refused.received_at,
    refused.receipt,
    refused.mail_step
FROM refused
WHERE
    NOT EXISTS (
        SELECT 1 FROM mail
        WHERE
            mail.period = refused.period
            AND mail.kind = 'kvitto_nekad'
            AND mail.step = refused.mail_step
            AND mail.mode = :mode
    )
    AND NOT EXISTS (
        SELECT 1 FROM delivery AS later
        WHERE
            later.source = refused.source
            AND later.period = refused.period
            AND later.state = 'accepted'
            AND later.received_at > refused.received_at
    )
ORDER BY refused.id
