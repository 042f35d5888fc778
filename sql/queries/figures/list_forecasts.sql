-- The delivered rows of the forecasts (prognos) of some months, each with its amounts side by side.
SELECT
    figure.delivery_id,
    figure.row_no,
    figure.period,
    figure.unit,
    max(figure.value) FILTER (WHERE figure.measure = 'budget') AS budget,
    max(figure.value) FILTER (WHERE figure.measure = 'begarda_budgetjusteringar') AS requested_adjustments,
    max(figure.value) FILTER (WHERE figure.measure = 'prestationsforandringar') AS volume_changes,
    max(figure.value) FILTER (WHERE figure.measure = 'prognos_fore_resultatoverforing') AS forecast_before,
    max(figure.value) FILTER (WHERE figure.measure = 'prognos_efter_resultatoverforing') AS forecast_after
FROM figure
INNER JOIN current_delivery ON figure.delivery_id = current_delivery.id
WHERE
    current_delivery.source = 'prognos'
    AND current_delivery.period >= :first
    AND current_delivery.period <= :last
GROUP BY figure.delivery_id, figure.row_no, figure.period, figure.unit
ORDER BY figure.period, figure.row_no
