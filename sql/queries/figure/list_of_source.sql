-- A source's figures of a month, each with its row.
SELECT
    figure.delivery_id,
    figure.row_no,
    figure.period,
    figure.unit,
    figure.item,
    figure.measure,
    figure.value,
    figure.note
FROM figure
INNER JOIN current_delivery ON figure.delivery_id = current_delivery.id
WHERE current_delivery.source = :source AND current_delivery.period = :period
ORDER BY figure.row_no, figure.measure
