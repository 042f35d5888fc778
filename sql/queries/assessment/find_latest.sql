-- The assessment of a month that counts.
SELECT
    assessment.id,
    assessment.version,
    assessment.assessed_on,
    assessment.complete,
    assessment.missing,
    assessment.units_valid,
    assessment.units_present,
    assessment.made_at
FROM assessment
WHERE assessment.period = :period
ORDER BY assessment.version DESC
LIMIT 1
