-- Move a month to a state; a reason only where it stopped.
UPDATE month
SET
    state = :state,
    step = :step,
    reason = :reason,
    done_in = CASE
        WHEN :state <> 'done' OR :mode = any(done_in) THEN done_in
        ELSE done_in || cast(:mode AS text)
    END,
    changed_at = now()
WHERE period = :period
