-- The latest month that was ever run, else the latest that anything was delivered for.
SELECT coalesce(
    (SELECT max(month.period) FROM month),
    (SELECT max(delivery.period) FROM delivery)
) AS period
