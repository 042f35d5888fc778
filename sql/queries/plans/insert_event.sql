-- Note what happened to a plan, with its measures as they are then.
INSERT INTO plan_event (plan_id, happened_on, action, actor, comment, reason, reason_month, measures)
SELECT
    cast(:plan AS bigint),
    :day,
    :action,
    :actor,
    :comment,
    cast(:reason AS text),
    cast(:reason_month AS date),
    coalesce(
        jsonb_agg(
            jsonb_build_object(
                'what', plan_measure.what, 'who', plan_measure.who, 'from_month', plan_measure.from_month,
                'monthly_effect', plan_measure.monthly_effect, 'risk', plan_measure.risk
            )
            ORDER BY plan_measure.number
        ),
        '[]'
    )
FROM plan_measure
WHERE plan_measure.plan_id = :plan
