-- The registers up to a period and the earliest one: the organisation is versioned by their months.
SELECT current_delivery.id
FROM current_delivery
WHERE
    current_delivery.source = 'organisation'
    AND (
        current_delivery.period <= :period
        OR current_delivery.period = (
            SELECT min(earliest.period) FROM current_delivery AS earliest
            WHERE earliest.source = 'organisation'
        )
    )
ORDER BY current_delivery.id
