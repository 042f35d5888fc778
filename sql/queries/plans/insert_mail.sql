-- Note that a mail is about a plan, and which rung of its ladder it is, if any.
INSERT INTO plan_mail (plan_id, mail_id, mode, round, rung)
VALUES (:plan, :mail, :mode, :round, :rung)
ON CONFLICT (plan_id, mail_id) DO UPDATE SET round = excluded.round, rung = excluded.rung
