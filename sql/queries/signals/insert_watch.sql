-- Store that a month is looked through again; earlier times stay.
INSERT INTO watch (period, version, settings)
SELECT
    cast(:period AS date),
    coalesce(max(watch.version), 0) + 1,
    :settings
FROM watch
WHERE watch.period = :period
RETURNING id, version
