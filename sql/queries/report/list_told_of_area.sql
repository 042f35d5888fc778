-- What was told of an area each month: by the assessment of the month that counts.
SELECT DISTINCT ON (assessment.period)
    assessment.period,
    area_assessment.signal,
    area_assessment.budget,
    area_assessment.forecast,
    area_assessment.lower_80,
    area_assessment.upper_80,
    area_assessment.deviation
FROM assessment
INNER JOIN area_assessment
    ON assessment.id = area_assessment.assessment_id AND area_assessment.code = :unit
WHERE assessment.period BETWEEN :first AND :last
ORDER BY assessment.period ASC, assessment.version DESC
