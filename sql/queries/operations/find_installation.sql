-- This installation's identity: part of every Message-ID, so that two installations never make the same one.
SELECT
    installation.id,
    installation.installed_at
FROM installation
