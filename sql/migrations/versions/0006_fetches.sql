-- Sources that are fetched over HTTP: what the server said of the version that was fetched last.

-- request_sha256 is of everything that decides which file an answer becomes (address, format, key of the
-- list): the validators (etag, last_modified) are of that alone. file_sha256 is of the file that was written
-- into the inbox; the server is asked for changes only while it lies there.
create table source_fetch (
    source text not null,
    period period not null,
    request_sha256 text not null,
    file_sha256 text not null,
    etag text,
    last_modified text,
    fetched_at timestamptz not null default now(),
    primary key (source, period)
);
