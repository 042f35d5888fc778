"""What Prefect's server watches over: made by name, the same ones again at every start."""

from datetime import timedelta
from typing import Any

from prefect.blocks.notifications import CustomWebhookNotificationBlock
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.events.schemas.automations import AutomationCore

HEARTBEATS = timedelta(seconds=90)
"""A run that is silent for so long (three heartbeats) is dead."""
QUIET_DAY = timedelta(hours=26)
"""A daily sweep that hasn't been made for so long is not going to be."""
ENDED = [f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Cancelled", "Crashed")]
EVERY_RUN = {"prefect.resource.id": "prefect.flow-run.*"}
WATCHED = ["follow_up_month", "chase_action_plans"]
WEBHOOK = "manad-drift"

Action = dict[str, Any]


def automations(tell: list[Action]) -> list[AutomationCore]:
    """Return every automation. tell: how the operator is told."""
    return [
        _automation(
            "Död körning märks Crashed",
            "En körning utan livstecken på 90 sekunder är död; kön går vidare.",
            {
                "posture": "Proactive",
                "after": ["prefect.flow-run.heartbeat"],
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
        _automation(
            "Driften får veta: en körning dog",
            "En körning av månaden eller av påminnelserna dog eller stannade på ett fel.",
            {
                "posture": "Reactive",
                "expect": ["prefect.flow-run.Crashed", "prefect.flow-run.Failed"],
                "match": EVERY_RUN,
                "match_related": _of_flows(WATCHED),
                "for_each": ["prefect.resource.id"],
            },
            tell,
        ),
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
            tell,
        ),
    ]


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
        made = automations(_telling(client, webhook))
        for automation in made:
            before = client.read_automations_by_name(automation.name)
            if before:
                client.update_automation(before[0].id, automation)
            else:
                client.create_automation(automation)
    return [automation.name for automation in made]


def _telling(client: SyncPrefectClient, webhook: str | None) -> list[Action]:
    """Return how the operator is told: a mail by a flow of ours, and a webhook where one is given."""
    deployment = client.read_deployment_by_name("tell_operator/tell_operator")
    about = {"event": "{{ event.event }}", "run": "{{ flow_run.name if flow_run else '' }}"}
    actions: list[Action] = [
        {
            "type": "run-deployment",
            "source": "selected",
            "deployment_id": deployment.id,
            "parameters": {
                name: {"__prefect_kind": "jinja", "template": template} for name, template in about.items()
            },
        }
    ]
    if webhook:
        actions.append(
            {
                "type": "send-notification",
                "block_document_id": _webhook_block(webhook),
                "subject": "Månadsuppföljning: {{ event.event }}",
                "body": "{{ flow_run.name if flow_run else 'inget har gått på ett dygn' }}",
            }
        )
    return actions


def _webhook_block(url: str) -> Any:
    block = CustomWebhookNotificationBlock.model_validate(
        {"name": WEBHOOK, "url": url, "method": "POST", "json_data": {"text": "{{subject}}: {{body}}"}}
    )
    return block.save(WEBHOOK, overwrite=True)
