-- The newest report of a month.
SELECT
    month_report.version,
    month_report.content,
    month_report.made_at
FROM month_report
WHERE month_report.period = :period
ORDER BY month_report.version DESC
LIMIT 1
