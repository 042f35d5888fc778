-- Sign out a process.
UPDATE worker SET lease_until = now()
WHERE id = :worker
