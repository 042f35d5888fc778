-- Every register that counts, whole: the organisation is versioned by the month of its delivery.
SELECT
    current_delivery.period,
    unit_version.*
FROM current_delivery
INNER JOIN unit_version ON current_delivery.id = unit_version.delivery_id
ORDER BY current_delivery.period, unit_version.row_no
