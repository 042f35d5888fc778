-- Note a delivery that an assessment stands on.
INSERT INTO assessment_delivery (assessment_id, delivery_id)
VALUES (:assessment, :delivery)
