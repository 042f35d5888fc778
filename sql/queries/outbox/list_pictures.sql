-- The pictures that a mail shows.
SELECT
    mail_picture.content_id,
    picture.png
FROM mail_picture
INNER JOIN picture ON mail_picture.sha256 = picture.sha256
WHERE mail_picture.mail_id = :mail
ORDER BY mail_picture.content_id
