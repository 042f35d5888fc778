"""What the commands about action plans do: ask a task, show the answer."""

import getpass
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from flows.cli.plan_input import measures_of
from flows.serving.listeners import heard
from flows.terminal import show_plans
from flows.terminal.terminal import as_json, say
from tasks.clock import Clock
from tasks.installation import Installation, open_installation
from tasks.outbox.send_mails import send_waiting_mails, sent_in_words
from tasks.plans.action_plans import Plan, PlanDesk, list_plans, read_plan
from tasks.rules.json_values import as_number
from tasks.rules.plans.measures import Measure
from tasks.rules.plans.plan_renewal import renewed
from tasks.settings import read_settings

NOT_FINISHED = 3


def chase_command(arguments: Namespace) -> int:
    """Remind and escalate what is due, and send what waits."""
    from flows.chase import chase  # noqa: PLC0415

    settings = read_settings()
    settings.check_addresses()
    with open_installation(settings, Clock()) as installation:
        today = _today(installation, arguments)
        outcome = chase(installation, today)
    say(show_plans.chase_text(outcome, today))
    return NOT_FINISHED if outcome.unfinished else 0


def plan_list_command(arguments: Namespace) -> int:
    """Show plans."""
    with open_installation(read_settings(), Clock()) as installation:
        plans = list_plans(installation, period=arguments.period, unit=arguments.unit)
    data = [show_plans.plan_data(plan) for plan in plans]
    say(_json(data) if arguments.json else show_plans.plans_text(plans))
    return 0


def plan_show_command(arguments: Namespace) -> int:
    """Show one plan with all that happened to it."""
    with open_installation(read_settings(), Clock()) as installation:
        plan = read_plan(installation, arguments.plan)
    say(_json(show_plans.plan_data(plan)) if arguments.json else show_plans.plan_text(plan))
    return 0


def plan_submit_command(arguments: Namespace) -> int:
    """Hand in a plan, or keep its draft."""
    with _listened_to() as installation:
        desk = _desk(installation, arguments)
        before = read_plan(installation, arguments.plan)
        measures = _measures(arguments, before)
        if arguments.draft:
            plan = desk.save_draft(before.id, before.version, measures)
        else:
            plan = desk.submit(before.id, before.version, measures)
        return _told(installation, desk, plan)


def plan_withdraw_command(arguments: Namespace) -> int:
    """Take back a plan."""
    with _listened_to() as installation:
        desk = _desk(installation, arguments)
        return _told(installation, desk, desk.withdraw(arguments.plan, None))


def plan_approve_command(arguments: Namespace) -> int:
    """Approve a plan."""
    with _listened_to() as installation:
        desk = _desk(installation, arguments)
        return _told(installation, desk, desk.approve(arguments.plan, None, arguments.comment))


def plan_return_command(arguments: Namespace) -> int:
    """Return a plan to be completed."""
    with _listened_to() as installation:
        desk = _desk(installation, arguments)
        return _told(installation, desk, desk.send_back(arguments.plan, None, arguments.comment))


def plan_link_command(arguments: Namespace) -> int:
    """Show the link that a plan's manager gets."""
    from tasks.plans.plan_links import manager_link  # noqa: PLC0415

    with open_installation(read_settings(), Clock()) as installation:
        say(manager_link(installation, arguments.plan, installation.clock.today()))
    return 0


def plan_revoke_command(arguments: Namespace) -> int:
    """Revoke the links to a plan."""
    from tasks.plans.plan_links import revoke_plan_links  # noqa: PLC0415

    with open_installation(read_settings(), Clock()) as installation:
        revoke_plan_links(installation, arguments.plan, installation.clock.today())
    say(f"Länkarna till åtgärdsplan {arguments.plan} gäller inte längre. Nästa mejl har en ny länk.")
    return 0


def web_command(arguments: Namespace) -> int:
    """Serve the web pages until stopped."""
    from web.app import create_app  # noqa: PLC0415
    from web.serve import serve  # noqa: PLC0415

    with _listened_to() as installation:
        base_url = installation.settings.base_url
        address = base_url or f"http://{arguments.host}:{arguments.port}"
        serve(
            create_app(installation, installation.clock.today),
            arguments.host,
            arguments.port,
            base_url=base_url,
            ready=lambda: say(f"Webbsidorna: {address}  (Ctrl-C stoppar)"),
        )
    return 0


@contextmanager
def _listened_to() -> Iterator[Installation]:
    """Open the installation; what happens to its plans is told to Prefect's server, if one is known."""
    with open_installation(read_settings(), Clock()) as opened, heard(opened) as installation:
        yield installation


def _measures(arguments: Namespace, before: Plan) -> Sequence[Measure]:
    if arguments.unchanged:
        return renewed(before.previous or before.measures, before.period)
    return measures_of(arguments.measure, arguments.file) or before.measures


def _desk(installation: Installation, arguments: Namespace) -> PlanDesk:
    return PlanDesk(installation, _today(installation, arguments), arguments.by or getpass.getuser())


def _today(installation: Installation, arguments: Namespace) -> date:
    return arguments.today or installation.clock.today()


def _told(installation: Installation, desk: PlanDesk, plan: Plan) -> int:
    sent = send_waiting_mails(installation, desk.today)
    say(show_plans.changed_text(plan))
    if sent:
        say(sent_in_words(sent))
    return 0


def _json(value: Any) -> str:
    return as_json(value, as_number)
