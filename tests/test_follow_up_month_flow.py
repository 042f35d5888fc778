"""The month as a Prefect flow."""

import os
import subprocess
import sys

RUN = """
from flows.follow_up_month import follow_up_month
import prefect
assert isinstance(follow_up_month, prefect.Flow)
state = follow_up_month("2026-09", inbox=%r, today="2026-10-07", return_state=True)
print("STATE", state.name)
"""


def test_the_flow_runs_the_month_with_a_task_for_each_step(world, tmp_path):
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
    for step in (
        "receive_deliveries",
        "check_month",
        "assess_units",
        "queue_mails",
        "send_mails",
        "close_month",
    ):
        assert f"Task run '{step}" in told, told
    assert world.value("select state from month") == "done"
    assert [mail["To"] for mail in world.mails()] == ["anna@example.se", "kontroll@example.se"]
