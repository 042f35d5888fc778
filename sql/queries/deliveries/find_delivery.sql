-- One file's delivery, and what a person has said of it if it was held. A held one is superseded when newer
-- accepted ones have come for every month of the file.
SELECT
    delivery.id,
    delivery.source,
    delivery.period,
    delivery.revision,
    delivery.file_name,
    delivery.row_count,
    delivery.received_at,
    delivery.receipt,
    delivery_decision.decision,
    delivery_decision.decided_by,
    delivery_decision.reason,
    delivery_decision.decided_at,
    CASE
        WHEN delivery_decision.decision = 'released' THEN 'accepted'
        WHEN delivery_decision.decision = 'refused' THEN 'refused'
        WHEN
            delivery.state = 'held'
            AND NOT EXISTS (
                SELECT 1 FROM delivery AS month
                WHERE
                    coalesce(month.of_file, month.id) = delivery.id
                    AND NOT EXISTS (
                        SELECT 1 FROM delivery AS later
                        WHERE
                            later.source = month.source
                            AND later.period = month.period
                            AND later.state = 'accepted'
                            AND later.received_at > month.received_at
                    )
            ) THEN 'superseded'
        ELSE delivery.state
    END AS state
FROM delivery
LEFT JOIN delivery_decision ON delivery.id = delivery_decision.delivery_id
WHERE
    delivery.id = (
        SELECT coalesce(one.of_file, one.id) FROM delivery AS one
        WHERE one.id = :delivery
    )
