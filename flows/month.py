"""A month from files to mails: the order of the steps, which stands here and nowhere else."""

from collections.abc import Callable, Sequence

from flows.runs.steps import Do, plainly
from tasks.assessment.assess_units import assess_units
from tasks.deliveries.check_month import check_month
from tasks.deliveries.receive_deliveries import receive_deliveries
from tasks.deliveries.take_in_delivery import Arrival
from tasks.month import Month, MonthLostError
from tasks.operations.close_month import MonthOutcome, close_month, stop_month
from tasks.operations.queue_notices import queue_notices
from tasks.outbox.send_mails import send_mails
from tasks.report.write_report import write_report
from tasks.signals.watch_signals import watch_signals
from tasks.warnings.queue_mails import queue_mails


def follow_up(month: Month, do: Do = plainly) -> MonthOutcome:
    """Follow up a month that is held: safe to kill anywhere and to run again from the top."""
    arrivals = _from_files_to_report(month, do)
    do(queue_notices, month)
    do(send_mails, month)
    outcome = do(close_month, month, arrivals)
    if outcome.mails_to_controllers:  # that the month is done goes out when it is
        do(send_mails, month)
        outcome = do(close_month, month, arrivals)
    return outcome


def _from_files_to_report(month: Month, do: Do) -> Sequence[Arrival]:
    step: Callable[[Month], object] = receive_deliveries
    arrivals: Sequence[Arrival] = ()
    try:
        arrivals = do(receive_deliveries, month)
        step = check_month
        if do(check_month, month):
            for step in (assess_units, watch_signals, queue_mails, write_report):
                do(step, month)
    except MonthLostError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever stops a month is stored, mailed and shown
        do(stop_month, month, step.__name__, error)
    return arrivals
