-- Note what a plan has become; whoever holds an older version is told.
UPDATE plan SET
    state = :state,
    round = :round,
    due = :due,
    comment = :comment,
    version = :version
WHERE id = :plan
