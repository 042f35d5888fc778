-- Sum a delivery's ledger by unit and month, with the rows that each sum stands on.
INSERT INTO ledger_month (delivery_id, unit, period, budget, outcome, first_row, last_row)
SELECT
    ledger_row.delivery_id,
    ledger_row.unit,
    ledger_row.period,
    sum(ledger_row.budget) AS budget,
    sum(ledger_row.outcome) AS outcome,
    min(ledger_row.row_no) AS first_row,
    max(ledger_row.row_no) AS last_row
FROM ledger_row
WHERE ledger_row.delivery_id = :delivery
GROUP BY ledger_row.delivery_id, ledger_row.unit, ledger_row.period
