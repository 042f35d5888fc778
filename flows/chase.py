"""A round of reminders: what waits is sent, what is due is queued and sent, what is old is let go."""

from datetime import date

from flows.runs.steps import Do, plainly
from tasks.deliveries.remind_suppliers import remind_suppliers
from tasks.installation import Installation
from tasks.outbox.mails import count_unfinished
from tasks.outbox.send_mails import send_waiting
from tasks.outbox.settle_mails import forget_texts
from tasks.plans.chase_activities import chase_activities
from tasks.plans.chase_plans import ChaseOutcome, chase_plans
from tasks.worker import worker_at_work


def chase(installation: Installation, today: date, do: Do = plainly) -> ChaseOutcome:
    """Chase plans, deliveries and activities on a day: safe to kill anywhere, and to run again the same day.

    What waited is sent first: a reminder that only now goes out isn't followed by the next one at once.
    """
    with worker_at_work(installation) as worker:
        waited = do(send_waiting, installation, worker, today)
        chased = do(chase_plans, installation, today)
        reminders = [*do(remind_suppliers, installation, today), *do(chase_activities, installation, today)]
        sent = do(send_waiting, installation, worker, today)
        do(forget_texts, installation, today)
        unfinished = count_unfinished(installation)
    states = {*waited, *sent}
    counts = {state: waited.get(state, 0) + sent.get(state, 0) for state in sorted(states)}
    return ChaseOutcome(chased, reminders, counts, unfinished)
