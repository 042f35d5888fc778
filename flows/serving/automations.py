"""What Prefect's server watches over: made by name, the same ones again at every start."""

from datetime import timedelta
from typing import Any

from prefect.blocks.notifications import CustomWebhookNotificationBlock
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.events.schemas.automations import AutomationCore

from tasks.rules.operations.verdict import NOT_DONE

HEARTBEATS = timedelta(seconds=90)
"""A run that is silent for so long (three heartbeats) is dead."""
QUIET_DAY = timedelta(hours=26)
"""A daily sweep that hasn't been made for so long is not going to be."""
ENDED = [f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Cancelled", "Crashed")]
EVERY_RUN = {"prefect.resource.id": "prefect.flow-run.*"}
WATCHED = ["follow_up_month", "chase_action_plans"]
AROUND = ["receive_delivery", "watch_inbox", "fetch_sources", "sweep", "month_report", "backfill"]
"""Flows whose dead or failed runs the operator hears of, once a day; those around the month only by mail."""
UNFINISHED = [*NOT_DONE.values(), "MonthHeld"]
"""How a month ends that isn't done: its own mail of that doesn't go while the mail server is away."""
WEBHOOK = "manad-drift"

Action = dict[str, Any]


def automations(mail: list[Action], call: list[Action]) -> list[AutomationCore]:
    """Return every automation. mail, call: how the operator is told, by mail and by webhook (if any)."""
    unfinished = [_unfinished(call)] if call else []
    return [
        _automation(
            "Död körning märks Crashed",
            "En körning utan livstecken på 90 sekunder är död; kön går vidare.",
            {
                "posture": "Proactive",
                # From its start on: one that is killed before its first heartbeat has none to wait after.
                "after": ["prefect.flow-run.Running", "prefect.flow-run.heartbeat"],
                "expect": ["prefect.flow-run.heartbeat", *ENDED],
                "match": EVERY_RUN,
                "for_each": ["prefect.resource.id"],
                "within": HEARTBEATS,
            },
            [
                {
                    "type": "change-flow-run-state",
                    "state": "CRASHED",
                    "message": "Inget livstecken på 90 sekunder.",
                }
            ],
        ),
        _died("Driften får veta: en körning dog", WATCHED, [*mail, *call]),
        _died("Driften får veta: en körning runt månaden dog", AROUND, mail),
        _automation(
            "Driften får veta: inget har gått på ett dygn",
            "Den dagliga genomgången har inte gått: ingen arbetare lever, eller så är den pausad.",
            {
                "posture": "Proactive",
                "expect": ["prefect.flow-run.Completed"],
                "match": EVERY_RUN,
                "match_related": _of_flows(["sweep"]),
                "within": QUIET_DAY,
            },
            [*mail, *call],
        ),
        *unfinished,
    ]


def _died(name: str, flows: list[str], tell: list[Action]) -> AutomationCore:
    return _automation(
        name,
        "En körning dog eller stannade på ett fel.",
        {
            "posture": "Reactive",
            "expect": ["prefect.flow-run.Crashed", "prefect.flow-run.Failed"],
            "match": EVERY_RUN,
            "match_related": _of_flows(flows),
            "for_each": ["prefect.resource.id"],
        },
        tell,
    )


def _unfinished(call: list[Action]) -> AutomationCore:
    return _automation(
        "Driften får veta: en månad blev inte klar",
        "Månaden stannade, saknar en källa, eller har mejl som inte har gått.",
        {
            "posture": "Reactive",
            "expect": [f"prefect.flow-run.{state}" for state in UNFINISHED],
            "match": EVERY_RUN,
            "match_related": _of_flows(["follow_up_month"]),
            "for_each": ["prefect.resource.id"],
        },
        call,
    )


def _automation(name: str, description: str, trigger: Action, actions: list[Action]) -> AutomationCore:
    return AutomationCore.model_validate(
        {
            "name": name,
            "description": description,
            "trigger": {"type": "event", **trigger},
            "actions": actions,
        }
    )


def _of_flows(names: list[str]) -> dict[str, Any]:
    return {"prefect.resource.role": "flow", "prefect.resource.name": names}


def ensure_automations(webhook: str | None) -> list[str]:
    """Make every automation, or bring it up to date; return their names."""
    with get_client(sync_client=True) as client:
        call = _calling(webhook) if webhook else []
        made = automations(_mailing(client), call)
        for automation in made:
            before = client.read_automations_by_name(automation.name)
            if not before:
                client.create_automation(automation)
            elif not is_as(before[0], automation):
                client.update_automation(before[0].id, automation)
        if not call:
            for left in client.read_automations_by_name(_unfinished([]).name):
                client.delete_automation(left.id)
    return [automation.name for automation in made]


def is_as(before: AutomationCore, wanted: AutomationCore) -> bool:
    """Tell whether an automation is as it shall be: written anew it would forget what it waits for."""
    return _plain(before) == _plain(wanted)


def _plain(automation: AutomationCore) -> object:
    """Return what an automation says. Its sets stay sets: as lists of JSON they have an order by chance."""
    fields = AutomationCore.model_validate(automation.model_dump(include=set(AutomationCore.model_fields)))
    return _without_ids(fields.model_dump())


def _without_ids(value: object) -> object:
    """Leave out what the server names its parts by."""
    if isinstance(value, dict):
        return {name: _without_ids(part) for name, part in value.items() if name != "id"}
    return [_without_ids(part) for part in value] if isinstance(value, list) else value


def _mailing(client: SyncPrefectClient) -> list[Action]:
    """Return how the operator is told by mail: by a flow of ours."""
    deployment = client.read_deployment_by_name("tell_operator/tell_operator")
    about = {"event": "{{ event.event }}", "run": "{{ flow_run.name if flow_run else '' }}"}
    return [
        {
            "type": "run-deployment",
            "source": "selected",
            "deployment_id": deployment.id,
            "parameters": {
                name: {"__prefect_kind": "jinja", "template": template} for name, template in about.items()
            },
        }
    ]


def _calling(webhook: str) -> list[Action]:
    """Return how the operator is told by a webhook."""
    return [
        {
            "type": "send-notification",
            "block_document_id": _webhook_block(webhook),
            "subject": "Månadsuppföljning: {{ event.event }}",
            "body": "{{ flow_run.name if flow_run else 'inget har gått på ett dygn' }}",
        }
    ]


def _webhook_block(url: str) -> Any:
    block = CustomWebhookNotificationBlock.model_validate(
        {"name": WEBHOOK, "url": url, "method": "POST", "json_data": {"text": "{{subject}}: {{body}}"}}
    )
    return block.save(WEBHOOK, overwrite=True)
