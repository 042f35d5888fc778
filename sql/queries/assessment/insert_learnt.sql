-- Keep what replayed old years taught, with its day.
INSERT INTO learnt (learnt_on, file_name, learnt, measures)
VALUES (:learnt_on, :file_name, :learnt, :measures)
