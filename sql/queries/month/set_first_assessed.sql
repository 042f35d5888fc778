-- Remember the day of the first assessment: a re-run never moves a plan's deadline.
UPDATE month SET first_assessed_on = coalesce(first_assessed_on, :day)
WHERE period = :period
RETURNING first_assessed_on
