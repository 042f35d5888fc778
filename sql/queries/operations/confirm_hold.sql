-- Make sure, inside a saving transaction, that the month is still this worker's.
SELECT month.period FROM month
WHERE month.period = :period AND month.held_by = :worker
FOR UPDATE
