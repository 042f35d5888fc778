"""The inbox looked at: what is new there is told of, once for each source and month."""

from pathlib import Path

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed

from flows.runs.events import emit
from flows.runs.prefect_run import flow_installation, too_late
from flows.runs.stuck_runs import AT_WORK, hand_out_again
from tasks.deliveries.check_month import note_readiness, open_months
from tasks.deliveries.receive_deliveries import new_deliveries


@flow(name="watch_inbox", flow_run_name="inkorgen ses igenom")
def watch_inbox(
    inbox: Path | None = None,
) -> State[None]:
    """Look for files that nobody has taken in, and let each source and month be received.

    One that is still being written is found again when it has grown. A month that became ready without a
    file, as when a held delivery was released on its page, is told of too. Runs that a dead worker had taken
    are handed out again, since nothing else looks so often.

    Args:
        inbox: Mappen att se i; tomt: inkorgen.

    """
    with flow_installation() as installation:
        if (late := too_late(installation.clock)) is not None:
            return late
        if flow_run.id is not None:
            hand_out_again(installation.clock.now(), AT_WORK)
        new_files = new_deliveries(installation, inbox or installation.settings.inbox)
        day = installation.clock.today()
        ready = [month for month in open_months(day) if note_readiness(installation, month, day)]
    for source, period in new_files:
        emit("manad.delivery.received", period, source, source=source)
        get_run_logger().info("Ny fil: %s %s", source, period)
    for month in ready:
        emit("manad.month.complete", month)
        get_run_logger().info("%s är komplett och körs", month.swedish)
    return Completed(message=f"{len(new_files)} nya" if new_files else "inget nytt")
