-- The months of a held file that no newer accepted delivery has replaced, each with its own receipt.
SELECT
    delivery.id,
    delivery.receipt
FROM delivery
WHERE
    coalesce(delivery.of_file, delivery.id) = :delivery
    AND delivery.state = 'held'
    AND NOT EXISTS (
        SELECT 1 FROM delivery AS later
        WHERE
            later.source = delivery.source
            AND later.period = delivery.period
            AND later.state = 'accepted'
            AND later.received_at > delivery.received_at
    )
ORDER BY delivery.period
