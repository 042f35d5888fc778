-- Remove the texts of mails that came to their end before a day; who was mailed what and when stays.
UPDATE mail SET body_text = '', body_html = '', bodies_removed_on = :today
WHERE
    state IN ('sent', 'failed', 'skipped', 'settled')
    AND finished_at < :before
    AND bodies_removed_on IS NULL
