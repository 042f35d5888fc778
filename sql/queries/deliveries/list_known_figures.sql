-- The figures of a source's newest accepted delivery up to a month: what a new one is held against.
SELECT
    current_delivery.period AS delivered_for,
    figure.unit,
    figure.item,
    figure.measure,
    CAST(figure.value AS double precision) AS value,
    figure.note
FROM figure
INNER JOIN current_delivery ON figure.delivery_id = current_delivery.id
WHERE
    current_delivery.source = :source
    AND current_delivery.period = (
        SELECT MAX(newest.period) FROM current_delivery AS newest
        WHERE newest.source = :source AND newest.period <= :period
    )
ORDER BY figure.row_no, figure.measure
