-- The receipts of some deliveries that name single units whose figures can't be right.
SELECT
    delivery.period,
    delivery.receipt
FROM delivery
WHERE
    delivery.id = any(:deliveries)
    AND jsonb_array_length(coalesce(delivery.receipt -> 'doubtful', '[]')) > 0
ORDER BY delivery.source
