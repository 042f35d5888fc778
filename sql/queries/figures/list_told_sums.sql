-- What was told of a source's months, oldest first.
SELECT
    told_sums.period,
    told_sums.mark,
    told_sums.told
FROM told_sums
WHERE
    told_sums.source = :source
    AND told_sums.period >= :first
    AND told_sums.period <= :last
ORDER BY told_sums.id
