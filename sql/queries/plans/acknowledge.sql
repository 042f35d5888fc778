-- Note that the manager has taken part of the larm; the first time counts.
UPDATE plan SET acknowledged_on = coalesce(acknowledged_on, :day)
WHERE id = :plan
