-- What a month uses of what was learnt: the newest of its own calendar month or before. A month is assessed
-- in the month after, so a replay changes nothing in the month that is being assessed when it is made.
SELECT
    learnt.id,
    learnt.learnt_on,
    learnt.file_name,
    learnt.learnt,
    learnt.measures
FROM learnt
WHERE date_trunc('month', learnt.learnt_on) <= :period
ORDER BY learnt.learnt_on DESC, learnt.id DESC
LIMIT 1
