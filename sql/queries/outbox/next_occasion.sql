-- The number of the next mail of a kind and step to an address about a month.
SELECT coalesce(max(mail.occasion), 0) + 1 AS occasion
FROM mail
WHERE
    mail.period = :period
    AND mail.kind = :kind
    AND mail.recipient_role = :role
    AND mail.address = :address
    AND mail.step = :step
    AND mail.mode = :mode
