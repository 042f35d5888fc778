-- Give a month back.
UPDATE month SET held_by = NULL
WHERE period = :period AND held_by = :worker
