-- Held files that somebody has not been mailed of yet: until they are decided, or replaced in every month.
SELECT
    delivery.id,
    delivery.received_at,
    delivery.receipt,
    'hållen ' || delivery.source || ' ' || left(delivery.sha256, 16) AS mail_step
FROM delivery
WHERE
    delivery.state = 'held'
    AND delivery.of_file IS NULL
    AND EXISTS (
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
    )
    AND NOT EXISTS (
        SELECT 1 FROM mail
        WHERE
            mail.period = delivery.period
            AND mail.kind = 'leverans_hallen'
            AND mail.step = 'hållen ' || delivery.source || ' ' || left(delivery.sha256, 16)
            AND mail.mode = :mode
    )
ORDER BY delivery.id
