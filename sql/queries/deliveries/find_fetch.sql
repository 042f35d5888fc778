-- What was fetched last of a source and month.
SELECT
    source_fetch.request_sha256,
    source_fetch.file_sha256,
    source_fetch.etag,
    source_fetch.last_modified
FROM source_fetch
WHERE source_fetch.source = :source AND source_fetch.period = :period
