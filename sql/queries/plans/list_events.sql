-- What happened to some plans, in order.
SELECT
    plan_event.plan_id,
    plan_event.happened_on,
    plan_event.action,
    plan_event.actor,
    plan_event.comment,
    plan_event.reason,
    plan_event.reason_month
FROM plan_event
WHERE plan_event.plan_id = any(:plans)
ORDER BY plan_event.id
