-- Let steps be made anew although nothing they are made of has changed.
DELETE FROM month_step
WHERE period = :period AND step = any(:steps)
