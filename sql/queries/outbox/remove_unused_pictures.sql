-- Let go of pictures of mails whose texts were removed.
WITH forgotten AS (
    DELETE FROM mail_picture
    USING mail
    WHERE mail_picture.mail_id = mail.id AND mail.bodies_removed_on IS NOT NULL
    RETURNING mail_picture.sha256
)

DELETE FROM picture
WHERE
    picture.sha256 IN (SELECT forgotten.sha256 FROM forgotten)
    AND NOT EXISTS (
        SELECT 1
        FROM mail_picture
        INNER JOIN mail ON mail_picture.mail_id = mail.id
        WHERE mail_picture.sha256 = picture.sha256 AND mail.bodies_removed_on IS NULL
    )
