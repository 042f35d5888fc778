"""A delivery as it arrives: taken in, its supplier told, and the month set going by the last one."""

from datetime import date
from pathlib import Path

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.runs.events import announce_arrivals
from flows.runs.prefect_run import MonthText, as_task, flow_installation
from tasks.deliveries.held_mails import tell_of_deliveries
from tasks.deliveries.receive_deliveries import files_for, receive_files
from tasks.outbox.send_mails import send_waiting_mails
from tasks.rules.periods import Period


@flow(name="receive_delivery", flow_run_name="{period} leveranser tas emot")
def receive_delivery(
    period: MonthText,
    source: str | None = None,
    inbox: Path | None = None,
    today: date | None = None,
) -> State[None]:
    """Take in the new files of a month, and the registers before them.

    Who handed it in is mailed its receipt. When the month's deliveries now suffice, the month is run.

    Args:
        period: Månaden, ÅÅÅÅ-MM.
        source: Bara denna källa; tomt: alla nya filer.
        inbox: Mappen med filen; tomt: inkorgen.
        today: Dagen som det sägs ske; tomt: i dag.

    """
    logger = get_run_logger()
    with flow_installation() as installation:
        day = today or installation.clock.today()
        paths = files_for(inbox or installation.settings.inbox, Period.parse(period), source)
        arrivals = as_task(receive_files, installation, paths, day)
        queued = as_task(tell_of_deliveries, installation, day)
        if queued:
            as_task(send_waiting_mails, installation, day)
        for month in announce_arrivals(installation, arrivals, day):
            logger.info("%s är komplett och körs", month.swedish)
    refused = [arrival for arrival in arrivals if arrival.state == "refused" and arrival.receipt is not None]
    held = [arrival for arrival in arrivals if arrival.state == "held"]
    for arrival in refused:
        logger.warning("%s är nekad; kvittot är mejlat, och `manad deliver` visar det", arrival.file)
    for arrival in held:
        logger.warning("%s är hållen som nr %s: controllern är mejlad", arrival.file, arrival.number)
    summary = ", ".join(f"{arrival.file}: {arrival.state}" for arrival in arrivals) or "ingen ny fil"
    return Completed(name="CompletedWithWarnings" if refused or held else None, message=summary)
