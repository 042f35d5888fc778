-- The series of a month as they were last found, in the order of their sources.
SELECT
    leading_signal.source,
    leading_signal.indicator,
    leading_signal.series,
    leading_signal.scope,
    leading_signal.code,
    leading_signal.name,
    leading_signal.measured_in,
    leading_signal.value,
    leading_signal.compared,
    leading_signal.signal,
    leading_signal.rule,
    leading_signal.sentence,
    leading_signal.months_lacking,
    leading_signal.is_hidden,
    leading_signal.evidence
FROM leading_signal
WHERE
    leading_signal.watch_id = (
        SELECT watch.id FROM watch
        WHERE watch.period = :period
        ORDER BY watch.version DESC
        LIMIT 1
    )
ORDER BY
    leading_signal.source ASC,
    leading_signal.indicator ASC,
    leading_signal.scope ASC,
    leading_signal.code ASC
