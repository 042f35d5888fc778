-- The rows of some deliveries, each with its cells side by side: measures, values and texts.
SELECT
    figure.delivery_id,
    figure.row_no,
    figure.period,
    figure.unit,
    figure.item,
    array_agg(figure.measure ORDER BY figure.measure) AS measures,
    array_agg(figure.value ORDER BY figure.measure) AS figures,
    array_agg(figure.note ORDER BY figure.measure) AS notes
FROM figure
WHERE figure.delivery_id = any(:deliveries)
GROUP BY figure.delivery_id, figure.row_no, figure.period, figure.unit, figure.item
ORDER BY figure.period, figure.delivery_id, figure.row_no
