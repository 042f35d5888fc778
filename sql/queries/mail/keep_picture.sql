-- Keep a picture once.
INSERT INTO picture (sha256, png)
VALUES (:sha256, :png)
ON CONFLICT (sha256) DO NOTHING
