-- Keep what a version of a month tells; told twice, it is kept once.
INSERT INTO told_sums (source, period, mark, told)
VALUES (:source, :period, :mark, :told)
ON CONFLICT (source, period, mark) DO NOTHING
