-- Note a measure of a plan.
INSERT INTO plan_measure (plan_id, number, what, who, from_month, monthly_effect, risk)
VALUES (:plan, :number, :what, :who, :from_month, :monthly_effect, :risk)
