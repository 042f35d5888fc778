-- Refused deliveries whose receipt nobody has been mailed yet, and that no accepted one has replaced.
SELECT
    delivery.id,
    delivery.source,
    delivery.period,
    delivery.received_at,
    delivery.receipt
FROM delivery
WHERE
    delivery.state = 'refused'
    AND NOT EXISTS (
        SELECT 1 FROM mail
        WHERE mail.kind = 'kvitto_nekad' AND mail.step = 'leverans ' || delivery.id AND mail.mode = :mode
    )
    AND NOT EXISTS (
        SELECT 1 FROM delivery AS later
        WHERE
            later.source = delivery.source
            AND later.period = delivery.period
            AND later.state = 'accepted'
            AND later.received_at > delivery.received_at
    )
ORDER BY delivery.id
