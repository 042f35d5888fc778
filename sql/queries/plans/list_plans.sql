-- Plans with the deviation that demanded each, the largest underskott first; of a plan, a month or a unit
-- when asked for.
SELECT
    plan.id,
    plan.unit,
    plan.period,
    plan.state,
    plan.round,
    plan.due,
    plan.version,
    plan.comment,
    plan.acknowledged_on,
    plan.assessment_id,
    unit_assessment.name,
    unit_assessment.budget,
    unit_assessment.forecast,
    unit_assessment.lower_80,
    unit_assessment.upper_80,
    unit_assessment.deviation,
    unit_assessment.deviation_percent,
    unit_assessment.sentence,
    unit_assessment.rule,
    unit_assessment.evidence
FROM plan
INNER JOIN unit_assessment
    ON plan.assessment_id = unit_assessment.assessment_id AND plan.unit = unit_assessment.unit
WHERE
    (cast(:plan AS bigint) IS NULL OR plan.id = :plan)
    AND (cast(:period AS date) IS NULL OR plan.period = :period)
    AND (cast(:unit AS text) IS NULL OR plan.unit = :unit)
ORDER BY plan.period DESC, unit_assessment.deviation ASC, plan.unit ASC
