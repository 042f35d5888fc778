-- Some sources' delivered rows of some months, each with its cells side by side: measures, values and texts.
SELECT
    current_delivery.source,
    figure.delivery_id,
    figure.row_no,
    figure.period,
    figure.unit,
    figure.item,
    array_agg(figure.measure ORDER BY figure.measure) AS measures,
    array_agg(figure.value ORDER BY figure.measure) AS figures,
    array_agg(figure.note ORDER BY figure.measure) AS notes
FROM figure
INNER JOIN current_delivery ON figure.delivery_id = current_delivery.id
WHERE
    current_delivery.source = any(:sources)
    AND current_delivery.period >= :first
    AND current_delivery.period <= :last
GROUP BY current_delivery.source, figure.delivery_id, figure.row_no, figure.period, figure.unit, figure.item
ORDER BY figure.period, figure.delivery_id, figure.row_no
