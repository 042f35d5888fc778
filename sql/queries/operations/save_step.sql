-- Remember what a step was made of, in the same transaction as what it made.
INSERT INTO month_step (period, step, fingerprint, result)
VALUES (:period, :step, :fingerprint, :result)
ON CONFLICT (period, step) DO UPDATE SET
    fingerprint = excluded.fingerprint,
    result = excluded.result,
    finished_at = now()
