-- The latest month that was ever run.
SELECT max(month.period) AS period FROM month
