-- Remember what was fetched, in the transaction that put it into the inbox.
INSERT INTO source_fetch (source, period, request_sha256, file_sha256, etag, last_modified)
VALUES (:source, :period, :request_sha256, :file_sha256, :etag, :last_modified)
ON CONFLICT (source, period) DO UPDATE SET
    request_sha256 = excluded.request_sha256,
    file_sha256 = excluded.file_sha256,
    etag = excluded.etag,
    last_modified = excluded.last_modified,
    fetched_at = now()
