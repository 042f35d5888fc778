-- The units that a delivery has any figure for.
SELECT DISTINCT figure.unit
FROM figure
WHERE figure.delivery_id = :delivery AND figure.unit IS NOT NULL AND figure.value IS NOT NULL
