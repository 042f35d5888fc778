-- Store an accepted delivery as its source's and month's next revision.
INSERT INTO delivery (
    source, period, state, revision, sha256, file_name, size_bytes,
    row_count, problem_count, warning_count, receipt
)
SELECT
    cast(:source AS text),
    cast(:period AS date),
    'accepted',
    coalesce(max(delivery.revision), 0) + 1,
    :sha256,
    :file_name,
    :size_bytes,
    :row_count,
    0,
    :warning_count,
    :receipt
FROM delivery
WHERE delivery.source = :source AND delivery.period = cast(:period AS date)
RETURNING id, revision
