"""What an event lost, found again every day: months that are ready, and work that a dead run left."""

from datetime import date

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.deployments import run_deployment
from prefect.states import Completed

from flows.runs.prefect_run import as_task, flow_installation, too_late
from tasks.deliveries.check_month import lost_months, note_readiness, open_months
from tasks.deliveries.held_mails import tell_of_deliveries
from tasks.operations.tell_operator import tell_of_late_month
from tasks.outbox.send_mails import send_waiting_mails
from tasks.rules.swedish import counted

FOLLOW_UP = "follow_up_month/follow_up_month"


@flow(name="sweep", flow_run_name="daglig genomgång")
def sweep(
    today: date | None = None,
) -> State[None]:
    """Ask for a run of every month that is ready and was not run, or whose run died; send what waits.

    Args:
        today: Dagen som det sägs ske; tomt: i dag.

    """
    with flow_installation() as installation:
        if (late := too_late(installation.clock)) is not None:
            return late
        day = today or installation.clock.today()
        for period in open_months(day):
            note_readiness(installation, period, day)
        lost = lost_months(installation, day)
        tell_of_late_month(installation, day)
        as_task(tell_of_deliveries, installation, day)
        as_task(send_waiting_mails, installation, day)
    for period in lost:
        get_run_logger().info("Kör %s: den är komplett, men ingen körning har gått klart", period)
        run_deployment(FOLLOW_UP, parameters={"period": str(period)}, timeout=0, as_subflow=False)
    return Completed(
        message=counted(len(lost), "månad", "månader") + " att köra" if lost else "inget var kvar"
    )
