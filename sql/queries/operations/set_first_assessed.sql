-- Remember the day of the first assessment and when its plans are due: no re-run and no setting moves it.
UPDATE month
SET
    first_assessed_on = coalesce(first_assessed_on, :day),
    plan_due = coalesce(plan_due, :plan_due)
WHERE period = :period
RETURNING plan_due
