"""The round of reminders as a Prefect flow, every working morning."""

from datetime import date

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.chase import chase
from flows.runs.events import announce_overdue
from flows.runs.prefect_run import as_task, flow_installation, too_late
from flows.terminal.show_plans import chase_text
from tasks.plans.read_plans import list_plans


@flow(name="chase_action_plans", flow_run_name="påminnelser")
def chase_action_plans(
    today: date | None = None,
) -> State[None]:
    """Remind of action plans that haven't come, escalate, and send what waits. It can be repeated.

    Args:
        today: Dagen som rundan sägs ske; tomt: i dag.

    """
    with flow_installation() as installation:
        if (late := too_late(installation.clock)) is not None:
            return late
        day = today or installation.clock.today()
        before = list_plans(installation)
        outcome = chase(installation, day, as_task)
        announce_overdue(before, list_plans(installation))
    text = chase_text(outcome, day)
    get_run_logger().info(text)
    name = "CompletedWithWarnings" if outcome.unfinished or outcome.chased.held_up else None
    return Completed(name=name, message=text)
