-- Tell that a process is still at work.
UPDATE worker SET lease_until = now() + make_interval(secs => :lease_seconds)
WHERE id = :worker
