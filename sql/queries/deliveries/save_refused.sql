-- Keep a refused delivery; the same bytes refused again renew their receipt.
INSERT INTO delivery (
    source, period, state, revision, sha256, file_name, size_bytes,
    row_count, problem_count, warning_count, receipt
)
VALUES (
    :source, :period, 'refused', NULL, :sha256, :file_name, :size_bytes,
    :row_count, :problem_count, :warning_count, :receipt
)
ON CONFLICT (source, period, sha256, state) DO UPDATE SET
    file_name = excluded.file_name,
    row_count = excluded.row_count,
    problem_count = excluded.problem_count,
    warning_count = excluded.warning_count,
    receipt = excluded.receipt
RETURNING id
