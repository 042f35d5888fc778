-- Sign in a process that works on a month or sends mails; its own connection is its sign of life.
INSERT INTO worker (id, host, process_id, backend_pid, backend_start, lease_until)
SELECT
    :worker,
    :host,
    :process_id,
    pg_stat_activity.pid,
    pg_stat_activity.backend_start,
    now() + make_interval(secs => :lease_seconds)
FROM pg_stat_activity
WHERE pg_stat_activity.pid = pg_backend_pid()
