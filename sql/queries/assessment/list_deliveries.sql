-- The deliveries that an assessment stands on.
SELECT
    delivery.id,
    delivery.source,
    delivery.period,
    delivery.revision,
    delivery.file_name,
    delivery.received_at
FROM assessment_delivery
INNER JOIN delivery ON assessment_delivery.delivery_id = delivery.id
WHERE assessment_delivery.assessment_id = :assessment
ORDER BY delivery.source, delivery.period
