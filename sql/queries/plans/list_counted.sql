-- Of each unit, the newest plan up to a month that was ever approved, with what the forecast was then.
SELECT DISTINCT ON (plan.unit)
    plan.id,
    plan.unit,
    plan.period,
    plan.state,
    plan.version,
    unit_assessment.forecast,
    unit_assessment.outcome,
    unit_assessment.evidence
FROM plan
INNER JOIN unit_assessment
    ON plan.assessment_id = unit_assessment.assessment_id AND plan.unit = unit_assessment.unit
WHERE
    plan.period <= :period
    AND plan.period >= :first
    AND EXISTS (
        SELECT 1
        FROM plan_event
        WHERE plan_event.plan_id = plan.id AND plan_event.action = 'approve'
    )
ORDER BY plan.unit ASC, plan.period DESC
