-- Queue a mail once for its key; one that nobody has tried to send is replaced. No row when it has gone out.
INSERT INTO mail (
    period, kind, recipient_role, address, step, occasion, mode, sent_to, reply_to,
    message_id, subject, body_text, body_html, required, thread
)
VALUES (
    :period, :kind, :recipient_role, :address, :step, :occasion, :mode, :sent_to, :reply_to,
    :message_id, :subject, :body_text, :body_html, :required,
    :thread
)
ON CONFLICT (period, kind, recipient_role, address, step, occasion, mode) DO UPDATE SET
    sent_to = excluded.sent_to,
    reply_to = excluded.reply_to,
    subject = excluded.subject,
    body_text = excluded.body_text,
    body_html = excluded.body_html,
    thread = excluded.thread,
    queued_at = now(),
    state = CASE mail.state WHEN 'skipped' THEN 'queued' ELSE mail.state END,
    finished_at = NULL,
    bodies_removed_on = NULL,
    reason = CASE mail.state WHEN 'skipped' THEN NULL ELSE mail.reason END
WHERE mail.state IN ('queued', 'retrying', 'skipped')
RETURNING mail.id
