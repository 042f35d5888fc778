-- An assessment's places above the units, in the tree's order: the whole administration first.
SELECT
    area_assessment.level,
    area_assessment.code,
    area_assessment.parent,
    area_assessment.name,
    area_assessment.units_assessed,
    area_assessment.units_valid,
    area_assessment.budget,
    area_assessment.forecast,
    area_assessment.lower_80,
    area_assessment.upper_80,
    area_assessment.deviation,
    area_assessment.deviation_percent,
    area_assessment.signal,
    area_assessment.sentence
FROM area_assessment
WHERE area_assessment.assessment_id = :assessment
ORDER BY area_assessment.place
