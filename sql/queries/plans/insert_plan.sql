-- Demand a plan of a unit for a month.
INSERT INTO plan (unit, period, assessment_id, due)
VALUES (:unit, :period, :assessment, :due)
RETURNING id
