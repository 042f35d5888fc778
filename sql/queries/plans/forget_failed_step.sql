-- Let a rung whose mail failed be mailed again; the mail itself stays in the log.
UPDATE plan_mail SET rung = NULL
WHERE plan_id = :plan AND mode = :mode AND round = :round AND rung = :rung
