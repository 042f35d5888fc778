-- The sources and months of which there is a held delivery that no accepted one has replaced.
SELECT DISTINCT
    delivery.source,
    delivery.period
FROM delivery
WHERE
    delivery.period >= :first
    AND delivery.period <= :last
    AND delivery.state = 'held'
    AND NOT EXISTS (
        SELECT 1 FROM delivery AS later
        WHERE
            later.source = delivery.source
            AND later.period = delivery.period
            AND later.state = 'accepted'
            AND later.received_at > delivery.received_at
    )
ORDER BY delivery.source, delivery.period
