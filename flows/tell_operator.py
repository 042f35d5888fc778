"""The operator told by mail of a run that died, as an automation asks: the run itself can't."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.runs.prefect_run import flow_installation
from tasks.operations.tell_operator import tell_of_run
from tasks.outbox.send_mails import send_waiting_mails


@flow(name="tell_operator")
def tell_operator(
    event: str,
    run: str = "",
) -> State[None]:
    """Mail the operator that a run died or that nothing runs, once a day for the same thing.

    Args:
        event: Vad som hände.
        run: Körningens namn.

    """
    with flow_installation() as installation:
        day = installation.clock.today()
        queued = tell_of_run(installation, day, event, run)
        send_waiting_mails(installation, day)
    return Completed(message="mejl köat" if queued else "redan sagt i dag")
