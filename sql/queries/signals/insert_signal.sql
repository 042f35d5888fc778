-- Store a series with every number that its sentences name, and the rows that it stands on.
INSERT INTO leading_signal (
    watch_id, source, indicator, series, scope, code, name, measured_in, value, compared, signal, rule,
    sentence, months_lacking, is_hidden, evidence
)
VALUES (
    :watch, :source, :indicator, :series, :scope, :code, :name, :measured_in, :value, :compared, :signal,
    :rule, :sentence, :months_lacking, :is_hidden, cast(:evidence AS jsonb)
)
