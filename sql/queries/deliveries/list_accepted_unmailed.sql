-- Accepted deliveries of a source since a time, of months from one on, whose receipt nobody has been
-- mailed yet.
WITH accepted AS (
    SELECT
        delivery.id,
        delivery.source,
        delivery.period,
        delivery.revision,
        delivery.received_at,
        delivery.receipt,
        'leverans ' || delivery.source || ' revision ' || delivery.revision AS mail_step
    FROM delivery
    WHERE
        delivery.state = 'accepted'
        AND delivery.of_file IS NULL
        AND delivery.source = :source
        AND delivery.received_at >= :since
        AND delivery.period >= :first
)

SELECT
    accepted.revision,
    accepted.received_at,
    accepted.receipt,
    accepted.mail_step,
    before.revision AS previous_revision,
    before.received_at AS previous_received_at
FROM accepted
LEFT JOIN delivery AS before
    ON
        accepted.source = before.source
        AND accepted.period = before.period
        AND accepted.revision = before.revision + 1
WHERE
    NOT EXISTS (
        SELECT 1 FROM mail
        WHERE
            mail.period = accepted.period
            AND mail.kind = 'kvitto_mottagen'
            AND mail.step = accepted.mail_step
            AND mail.mode = :mode
    )
ORDER BY accepted.id
