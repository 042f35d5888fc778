"""The sources that have an address, fetched as a Prefect flow, daily until the month has them all."""

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.runs.events import emit
from flows.runs.prefect_run import MonthText, flow_installation, too_late
from tasks.deliveries.fetch_sources import fetch_sources as fetch
from tasks.deliveries.receive_deliveries import new_deliveries
from tasks.rules.periods import Period


@flow(name="fetch_sources", flow_run_name="källor hämtas")
def fetch_sources(period: MonthText | None = None) -> State[None]:
    """Fetch the sources that have an address into the inbox, and let what is new be received.

    Args:
        period: Månaden, ÅÅÅÅ-MM; tomt: månaden före dagens.

    """
    logger = get_run_logger()
    with flow_installation() as installation:
        if (late := too_late(installation.clock)) is not None:
            return late
        today = installation.clock.today()
        month = Period.parse(period) if period else Period.of(today).plus(-1)
        inbox = installation.settings.inbox
        fetched = fetch(installation, month, inbox=inbox, progress=logger.info)
        new = new_deliveries(installation, inbox)
    for source, when in new:
        emit("manad.delivery.received", when, source, source=source)
    failed = [fate for fate in fetched if fate.state == "failed"]
    summary = "; ".join(f"{fate.source}: {fate.text}" for fate in failed or fetched)
    if failed:  # the operator hears of it: what doesn't come by itself must be looked at
        return Failed(message=summary)
    return Completed(message=summary or "ingen källa har en adress")
