-- The receipts of a month's deliveries that name single units whose figures can't be right.
SELECT current_delivery.receipt
FROM current_delivery
WHERE
    current_delivery.period = :period
    AND jsonb_array_length(coalesce(current_delivery.receipt -> 'doubtful', '[]')) > 0
ORDER BY current_delivery.source
