-- Store what was found about a place above the units.
INSERT INTO area_assessment (
    assessment_id, place, level, code, parent, name, units_assessed, units_valid, outcome, budget, forecast,
    lower_80, upper_80, deviation, deviation_percent, signal, sentence, evidence
)
VALUES (
    :assessment, :place, :level, :code, :parent, :name, :units_assessed, :units_valid, :outcome, :budget,
    :forecast, :lower_80, :upper_80, :deviation, :deviation_percent, :signal, :sentence,
    cast(:evidence AS jsonb)
)
