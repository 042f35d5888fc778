"""The month as a Prefect flow."""

import os
import re
import subprocess
import sys

RUN = """
from flows.follow_up_month import follow_up_month
import prefect
assert isinstance(follow_up_month, prefect.Flow)
state = follow_up_month("2026-09", inbox=%r, today="2026-10-07", return_state=True)
print("STATE", state.name)
"""


def test_the_flow_runs_the_month_with_a_task_for_each_longer_step(world, tmp_path):
    world.month()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}  # noqa: TID251
    quiet = {
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90",
    }
    done = subprocess.run(
        [sys.executable, "-c", RUN % str(world.inbox)],
        env=environment | quiet | world.environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    told = done.stdout + done.stderr
    assert "STATE Completed" in done.stdout, told
    assert re.findall(r"Task run '(\w+)-\w+'", told) == [
        "receive_deliveries",
        "assess_units",
        "queue_mails",
        "write_report",
        "queue_notices",
        "send_mails",
        "send_mails",
    ], told
    assert world.value("select state from month") == "done"
    assert [mail["To"] for mail in world.mails()] == ["anna@example.se", "kontroll@example.se"]
