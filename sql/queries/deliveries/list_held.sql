-- The sources of which a month has a held delivery that no accepted one has replaced.
SELECT DISTINCT delivery.source
FROM delivery
WHERE
    delivery.period = :period
    AND delivery.state = 'held'
    AND NOT EXISTS (
        SELECT 1 FROM delivery AS later
        WHERE
            later.source = delivery.source
            AND later.period = delivery.period
            AND later.state = 'accepted'
            AND later.received_at > delivery.received_at
    )
ORDER BY delivery.source
