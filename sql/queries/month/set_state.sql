-- Move a month to a state; a reason only where it stopped.
UPDATE month
SET
    state = :state,
    step = :step,
    reason = :reason,
    ever_done = ever_done OR :state = 'done',
    changed_at = now()
WHERE period = :period
