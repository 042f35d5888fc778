-- Revoke every link to something that was made up to now.
INSERT INTO link_epoch (subject, epoch, revoked_on)
VALUES (:subject, 1, :day)
ON CONFLICT (subject) DO UPDATE SET epoch = link_epoch.epoch + 1, revoked_on = excluded.revoked_on
RETURNING epoch
