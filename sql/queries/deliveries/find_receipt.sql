-- The receipt of the accepted delivery that counts, of a source and month.
SELECT current_delivery.receipt
FROM current_delivery
WHERE
    current_delivery.source = :source
    AND current_delivery.period = :period
