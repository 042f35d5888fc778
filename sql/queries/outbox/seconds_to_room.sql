-- How long (s) until one more mail may go out at so many a minute; no row when it may now, or none waits.
SELECT extract(EPOCH FROM sent.finished_at + interval '1 minute' - now()) AS seconds
FROM mail AS sent
WHERE
    sent.state = 'sent'
    AND sent.claimed_for = 'smtp'
    AND sent.finished_at > now() - interval '1 minute'
    AND EXISTS (
        SELECT 1 FROM mail AS waiting
        WHERE waiting.mode = :mode AND waiting.state = 'queued'
    )
ORDER BY sent.finished_at DESC
LIMIT 1 OFFSET :per_minute - 1
