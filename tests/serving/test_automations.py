"""What Prefect's server watches over is left alone at a start: written anew it forgets who it waits for."""

import json

from prefect.events.schemas.automations import AutomationCore

from flows.serving.automations import automations, is_as

MANY = [f"prefect.flow-run.{number}" for number in range(60)]
"""So many names never lie in a set in the order in which they were put there."""


def watching_for(names):
    trigger = {"type": "event", "posture": "Reactive", "expect": names}
    return AutomationCore.model_validate({"name": "Många", "trigger": trigger, "actions": []})


def test_each_is_the_same_when_the_server_tells_it():
    for automation in automations([], [{"type": "do-nothing"}]):
        told = json.loads(automation.model_dump_json())
        assert is_as(AutomationCore.model_validate(told), automation)


def test_the_order_in_which_the_server_tells_it_says_nothing():
    assert is_as(watching_for(MANY[::-1]), watching_for(MANY))


def test_one_that_watches_for_something_else_is_another():
    assert not is_as(watching_for(MANY[1:]), watching_for(MANY))
