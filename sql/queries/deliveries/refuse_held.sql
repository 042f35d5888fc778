-- Refuse a held delivery whose figures are wrong. The same bytes may have been refused before they were held:
-- that receipt says less.
WITH earlier AS (
    DELETE FROM delivery
    USING delivery AS held
    WHERE
        held.id = :delivery
        AND delivery.source = held.source
        AND delivery.period = held.period
        AND delivery.sha256 = held.sha256
        AND delivery.state = 'refused'
    RETURNING delivery.id
)

UPDATE delivery SET
    state = 'refused',
    problem_count = :problem_count,
    receipt = :receipt
WHERE
    delivery.id = :delivery
    AND delivery.state = 'held'
    AND (SELECT count(*) FROM earlier) >= 0
RETURNING delivery.id
