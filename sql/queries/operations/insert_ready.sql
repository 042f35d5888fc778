-- Note that a month's deliveries suffice; no row when it was noted of the same ones before.
INSERT INTO month_ready (period, mark)
VALUES (:period, :mark)
ON CONFLICT DO NOTHING
RETURNING month_ready.period
