-- Every delivery of some months, with what became of it. A month of a year's file has the number of the file.
SELECT
    delivery.source,
    delivery.period,
    delivery.revision,
    delivery.row_count,
    delivery.problem_count,
    delivery.warning_count,
    delivery.file_name,
    delivery.received_at,
    coalesce(delivery.of_file, delivery.id) AS id,
    CASE
        WHEN delivery.state = 'refused' THEN 'refused'
        WHEN delivery.id = current_delivery.id THEN 'accepted'
        WHEN
            delivery.state = 'held'
            AND (current_delivery.id IS NULL OR current_delivery.received_at < delivery.received_at)
            THEN 'held'
        ELSE 'superseded'
    END AS state
FROM delivery
LEFT JOIN current_delivery
    ON
        delivery.source = current_delivery.source
        AND delivery.period = current_delivery.period
WHERE delivery.period >= :first AND delivery.period <= :last
ORDER BY delivery.source, delivery.period, delivery.revision NULLS LAST, delivery.id
