-- From which epoch on links to something count; none was ever revoked where there is no row.
SELECT link_epoch.epoch
FROM link_epoch
WHERE link_epoch.subject = :subject
