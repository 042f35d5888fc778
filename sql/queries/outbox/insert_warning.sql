-- Note a unit's warning that a mail carries.
INSERT INTO mail_warning (mail_id, unit, level, direction, assessment_id)
VALUES (:mail, :unit, :level, :direction, :assessment)
