-- Store a delivery: an accepted one as its source's and month's next revision, a held one without any. One of
-- a year's file says which delivery the file is told of as.
INSERT INTO delivery (
    source, period, state, revision, sha256, file_name, size_bytes,
    row_count, problem_count, warning_count, receipt, of_file
)
SELECT
    cast(:source AS text),
    cast(:period AS date),
    cast(:state AS text),
    CASE WHEN cast(:state AS text) = 'accepted' THEN coalesce(max(delivery.revision), 0) + 1 END,
    :sha256,
    :file_name,
    :size_bytes,
    :row_count,
    0,
    :warning_count,
    :receipt,
    cast(:of_file AS bigint)
FROM delivery
WHERE delivery.source = :source AND delivery.period = cast(:period AS date)
RETURNING id, revision
