-- The registers up to a period and the earliest one, whole: the organisation is versioned by their months.
SELECT
    current_delivery.period,
    unit_version.code,
    unit_version.name,
    unit_version.level,
    unit_version.parent,
    unit_version.unit_type,
    unit_version.manager,
    unit_version.manager_email,
    unit_version.deputy_email,
    unit_version.controller_email,
    unit_version.result_unit,
    unit_version.replaces,
    unit_version.valid_from,
    unit_version.valid_to
FROM current_delivery
INNER JOIN unit_version ON current_delivery.id = unit_version.delivery_id
WHERE
    current_delivery.period <= :period
    OR current_delivery.period = (
        SELECT min(earliest.period) FROM current_delivery AS earliest
        WHERE earliest.source = 'organisation'
    )
ORDER BY current_delivery.period, unit_version.row_no
