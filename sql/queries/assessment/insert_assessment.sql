-- Store a new assessment of a month; earlier ones stay.
INSERT INTO assessment (
    period, version, assessed_on, settings, complete, missing, units_valid, units_present
)
SELECT
    cast(:period AS date),
    coalesce(max(assessment.version), 0) + 1,
    :assessed_on,
    :settings,
    :complete,
    :missing,
    :units_valid,
    :units_present
FROM assessment
WHERE assessment.period = :period
RETURNING id, version
