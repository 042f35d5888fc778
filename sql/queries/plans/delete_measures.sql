-- Forget a plan's measures: they are being written anew.
DELETE FROM plan_measure
WHERE plan_id = :plan
