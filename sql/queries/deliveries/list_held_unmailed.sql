-- Held deliveries that somebody has not been mailed of yet: kept until they are decided or replaced.
SELECT
    delivery.id,
    delivery.received_at,
    delivery.receipt,
    'hållen ' || delivery.source || ' ' || left(delivery.sha256, 16) AS mail_step
FROM delivery
WHERE
    delivery.state = 'held'
    AND NOT EXISTS (
        SELECT 1 FROM delivery AS later
        WHERE
            later.source = delivery.source
            AND later.period = delivery.period
            AND later.state = 'accepted'
            AND later.received_at > delivery.received_at
    )
    AND NOT EXISTS (
        SELECT 1 FROM mail
        WHERE
            mail.period = delivery.period
            AND mail.kind = 'leverans_hallen'
            AND mail.step = 'hållen ' || delivery.source || ' ' || left(delivery.sha256, 16)
            AND mail.mode = :mode
    )
ORDER BY delivery.id
