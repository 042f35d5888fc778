-- The accepted deliveries that count of some sources and months: what another one can't come beside.
SELECT
    current_delivery.source,
    current_delivery.period,
    current_delivery.file_name
FROM current_delivery
WHERE
    current_delivery.source = any(:sources)
    AND current_delivery.period = any(:periods)
ORDER BY current_delivery.period, current_delivery.source
