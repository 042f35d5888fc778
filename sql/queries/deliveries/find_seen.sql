-- What became of these very bytes before, handed in for a month, or for a year of months: accepted, held,
-- refused, or held or refused and replaced by an accepted file. named: as which source, of those that were
-- taken as another one's.
SELECT
    delivery.id,
    delivery.revision,
    delivery.receipt,
    CASE
        WHEN delivery.state = 'accepted' THEN 'accepted'
        WHEN EXISTS (
            SELECT 1 FROM delivery AS later
            WHERE
                later.source = delivery.source
                AND later.period = delivery.period
                AND later.state = 'accepted'
                AND later.received_at > delivery.received_at
        ) THEN 'replaced'
        ELSE delivery.state
    END AS state
FROM delivery
WHERE
    delivery.sha256 = :sha256
    AND delivery.period BETWEEN :first AND :last
    AND (delivery.source = :source OR delivery.receipt ->> 'named' = :named)
    AND delivery.of_file IS NULL
ORDER BY delivery.state ASC
LIMIT 1
