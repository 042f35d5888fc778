-- A month that was run before a month, if there is one.
SELECT max(month.period) AS period
FROM month
WHERE month.period < :period
