"""`python -m flows.serving.set_up_server`: the pool, the deployments and the automations on a Prefect server.

It can be repeated; `manad serve` does it at every start, and an upgrade of an own server once.
"""

import subprocess
import sys
from shlex import quote

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.exceptions import ObjectAlreadyExists

from flows.runs.stuck_runs import AT_START, hand_out_again
from flows.serving.automations import ensure_automations
from flows.terminal.terminal import say
from tasks.clock import Clock
from tasks.settings import environment_with, read_settings

POOL = "manad"


def set_up() -> int:
    """Set up the server that PREFECT_API_URL names; return 0, or the exit code of what failed."""
    settings = read_settings()
    with get_client(sync_client=True) as client:
        try:
            client.create_work_pool(WorkPoolCreate(name=POOL, type="process"))
        except ObjectAlreadyExists:
            say(f"Poolen {POOL} finns.")
    deployed = subprocess.run(
        [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"],
        cwd=settings.code,
        env=environment_with({"MANAD_CODE": str(settings.code), "MANAD_PYTHON": quote(sys.executable)}),
        check=False,
    )
    if deployed.returncode:
        return deployed.returncode
    for name in ensure_automations(settings.webhook_url):
        say(f"Bevakning: {name}")
    if again := hand_out_again(Clock().now(), AT_START):
        say(f"Körningar som en död arbetare hade tagit delas ut igen: {again}")
    return 0


if __name__ == "__main__":
    sys.exit(set_up())
