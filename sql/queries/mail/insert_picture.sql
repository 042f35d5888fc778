-- Note a picture that a mail shows.
INSERT INTO mail_picture (mail_id, content_id, sha256)
VALUES (:mail, :content_id, :sha256)
