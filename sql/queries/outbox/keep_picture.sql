-- Keep a picture that a mail shows; the same picture is kept once.
WITH kept AS (
    INSERT INTO picture (sha256, png)
    VALUES (:sha256, :png)
    ON CONFLICT (sha256) DO NOTHING
)

INSERT INTO mail_picture (mail_id, content_id, sha256)
VALUES (:mail, :content_id, :sha256)
