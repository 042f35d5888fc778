-- Move a month to a state; a reason only where it stopped. A month without units has mailed no manager:
-- that it is done doesn't count when its register comes.
UPDATE month
SET
    state = :state,
    step = :step,
    reason = :reason,
    done_in = CASE
        WHEN :state <> 'done' OR :mode = any(done_in) THEN done_in
        WHEN NOT EXISTS (
            SELECT 1 FROM assessment
            WHERE assessment.period = month.period AND assessment.units_valid > 0
        ) THEN done_in
        ELSE done_in || cast(:mode AS text)
    END,
    changed_at = now()
WHERE period = :period
