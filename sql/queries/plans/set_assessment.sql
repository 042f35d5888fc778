-- Let an undecided plan answer the month's newest assessment.
UPDATE plan SET assessment_id = :assessment
WHERE id = :plan
