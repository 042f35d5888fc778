-- An assessment's units: the largest underskott first, then the rest by name.
SELECT
    unit_assessment.unit,
    unit_assessment.name,
    unit_assessment.method,
    unit_assessment.outcome,
    unit_assessment.budget,
    unit_assessment.forecast,
    unit_assessment.lower_80,
    unit_assessment.upper_80,
    unit_assessment.deviation,
    unit_assessment.deviation_percent,
    unit_assessment.volume_effect,
    unit_assessment.price_effect,
    unit_assessment.signal,
    unit_assessment.rule,
    unit_assessment.sentence,
    unit_assessment.plan_required,
    unit_assessment.plan_due,
    unit_assessment.plan_effect,
    unit_assessment.plan_id,
    unit_assessment.evidence
FROM unit_assessment
WHERE unit_assessment.assessment_id = :assessment
ORDER BY unit_assessment.deviation ASC NULLS LAST, unit_assessment.unit ASC
