-- Store what was found about one unit, with every number that its sentence names.
INSERT INTO unit_assessment (
    assessment_id, unit, name, method, outcome, budget, forecast, lower_80, upper_80, deviation,
    deviation_percent, volume_effect, price_effect, signal, rule, sentence, plan_required, plan_due,
    plan_effect, plan_id, evidence
)
VALUES (
    :assessment, :unit, :name, :method, :outcome, :budget, :forecast, :lower_80, :upper_80, :deviation,
    :deviation_percent, :volume_effect, :price_effect, :signal, :rule, :sentence, :plan_required, :plan_due,
    :plan_effect, :plan, cast(:evidence AS jsonb)
)
