-- What was told of a unit each month: by the assessment of the month that counts.
SELECT DISTINCT ON (assessment.period)
    assessment.period,
    unit_assessment.signal,
    unit_assessment.budget,
    unit_assessment.forecast,
    unit_assessment.lower_80,
    unit_assessment.upper_80,
    unit_assessment.deviation
FROM assessment
INNER JOIN unit_assessment
    ON assessment.id = unit_assessment.assessment_id AND unit_assessment.unit = :unit
WHERE assessment.period BETWEEN :first AND :last
ORDER BY assessment.period ASC, assessment.version DESC
