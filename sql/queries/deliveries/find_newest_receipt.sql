-- The receipt of a source's newest accepted delivery up to a month: what a new one is held against.
SELECT
    current_delivery.period,
    current_delivery.receipt
FROM current_delivery
WHERE
    current_delivery.source = :source
    AND current_delivery.period <= :period
ORDER BY current_delivery.period DESC
LIMIT 1
