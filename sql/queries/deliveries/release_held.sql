-- Let a held delivery in as the next revision of its source and month.
UPDATE delivery SET
    state = 'accepted',
    revision = (
        SELECT coalesce(max(earlier.revision), 0) + 1
        FROM delivery AS earlier
        WHERE earlier.source = delivery.source AND earlier.period = delivery.period
    ),
    receipt = :receipt
WHERE delivery.id = :delivery AND delivery.state = 'held'
RETURNING delivery.revision
