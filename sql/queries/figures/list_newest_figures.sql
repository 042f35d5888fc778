-- The figures of a source's newest delivery up to a month, each with its row.
SELECT
    figure.row_no,
    figure.unit,
    figure.measure,
    figure.value,
    figure.note
FROM figure
INNER JOIN current_delivery ON figure.delivery_id = current_delivery.id
WHERE
    current_delivery.source = :source
    AND current_delivery.period = (
        SELECT max(newest.period) FROM current_delivery AS newest
        WHERE newest.source = :source AND newest.period <= :period
    )
ORDER BY figure.row_no, figure.measure
