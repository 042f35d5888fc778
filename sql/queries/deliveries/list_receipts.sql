-- The receipts of the accepted deliveries that count, of a source and some months.
SELECT current_delivery.receipt
FROM current_delivery
WHERE
    current_delivery.source = :source
    AND current_delivery.period = any(:periods)
ORDER BY current_delivery.period
