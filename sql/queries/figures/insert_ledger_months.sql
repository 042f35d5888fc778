-- Sum a delivery's ledger by unit and month, with the rows that each sum stands on. A month that lacks an
-- amount on any row lacks its sum: a part of a month looks like a whole one that is smaller.
INSERT INTO ledger_month (delivery_id, unit, period, budget, outcome, first_row, last_row)
SELECT
    ledger_row.delivery_id,
    ledger_row.unit,
    ledger_row.period,
    CASE WHEN count(ledger_row.budget) = count(*) THEN sum(ledger_row.budget) END AS budget,
    CASE WHEN count(ledger_row.outcome) = count(*) THEN sum(ledger_row.outcome) END AS outcome,
    min(ledger_row.row_no) AS first_row,
    max(ledger_row.row_no) AS last_row
FROM ledger_row
WHERE ledger_row.delivery_id = :delivery
GROUP BY ledger_row.delivery_id, ledger_row.unit, ledger_row.period
