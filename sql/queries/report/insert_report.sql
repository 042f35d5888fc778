-- Keep a report that was made; what was shown to the board is never overwritten.
INSERT INTO month_report (period, version, assessment_id, content)
SELECT
    cast(:period AS date),
    coalesce(max(month_report.version), 0) + 1,
    :assessment,
    :content
FROM month_report
WHERE month_report.period = :period
RETURNING version
