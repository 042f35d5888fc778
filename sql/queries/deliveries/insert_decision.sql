-- Keep who decided about a held delivery, and why.
INSERT INTO delivery_decision (delivery_id, decision, decided_by, reason)
VALUES (:delivery, :decision, :decided_by, :reason)
