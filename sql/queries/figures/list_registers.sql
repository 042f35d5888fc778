-- Registers, whole, in the order of their months.
SELECT
    delivery.period,
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
FROM delivery
INNER JOIN unit_version ON delivery.id = unit_version.delivery_id
WHERE delivery.id = any(:deliveries)
ORDER BY delivery.period, unit_version.row_no
