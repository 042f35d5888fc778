-- The accepted deliveries that count, of some sources, up to and with a period.
SELECT
    current_delivery.id,
    current_delivery.source,
    current_delivery.period,
    current_delivery.revision,
    current_delivery.received_at,
    current_delivery.file_name
FROM current_delivery
WHERE
    current_delivery.source = any(:sources)
    AND current_delivery.period >= :first
    AND current_delivery.period <= :last
ORDER BY current_delivery.period
