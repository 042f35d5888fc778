-- One delivery, and what a person has said of it if it was held. A newer accepted one replaces a held one.
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
        WHEN
            delivery.state = 'held'
            AND EXISTS (
                SELECT 1 FROM delivery AS later
                WHERE
                    later.source = delivery.source
                    AND later.period = delivery.period
                    AND later.state = 'accepted'
                    AND later.received_at > delivery.received_at
            ) THEN 'superseded'
        ELSE delivery.state
    END AS state
FROM delivery
LEFT JOIN delivery_decision ON delivery.id = delivery_decision.delivery_id
WHERE delivery.id = :delivery
