-- The deliveries that counted when a report was made, of the months of which nothing told is kept: what was
-- published before it was. Oldest revision first.
WITH accepted AS (
    SELECT
        delivery.id,
        delivery.period,
        delivery.revision,
        coalesce(delivery_decision.decided_at, delivery.received_at) AS counted_at
    FROM delivery
    LEFT JOIN delivery_decision ON delivery.id = delivery_decision.delivery_id
    WHERE
        delivery.state = 'accepted'
        AND delivery.source = :source
        AND delivery.period >= :first
        AND delivery.period <= :last
)

SELECT accepted.id
FROM accepted
WHERE
    NOT EXISTS (
        SELECT 1 FROM told_sums
        WHERE told_sums.source = :source AND told_sums.period = accepted.period
    )
    AND EXISTS (
        SELECT 1 FROM month_report
        WHERE
            month_report.period >= accepted.period
            AND month_report.made_at >= accepted.counted_at
            AND NOT EXISTS (
                SELECT 1 FROM accepted AS later
                WHERE
                    later.period = accepted.period
                    AND later.revision > accepted.revision
                    AND later.counted_at <= month_report.made_at
            )
    )
ORDER BY accepted.period, accepted.revision
