-- Count a change that leaves a plan in its state.
UPDATE plan SET version = version + 1
WHERE id = :plan
