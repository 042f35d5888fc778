"""prefect.yaml held against the code: Prefect itself reads over words that it doesn't know."""

import importlib
import inspect
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
import yaml
from prefect import Flow
from prefect.client.schemas.schedules import CronSchedule

from flows.runs.events import Event
from flows.serving.automations import AROUND, WATCHED, automations
from tests.worlds.documents import ROOT

FILE = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
DEPLOYMENTS = {each["name"]: each for each in FILE["deployments"]}
KEYS = {
    "name",
    "description",
    "entrypoint",
    "work_pool",
    "concurrency_limit",
    "schedules",
    "triggers",
}
TRIGGER_KEYS = {"type", "name", "match", "expect", "for_each", "within", "parameters"}
EXPECTED = {
    "receive_delivery",
    "follow_up_month",
    "chase_action_plans",
    "watch_inbox",
    "fetch_sources",
    "sweep",
    "month_report",
    "backfill",
    "tell_operator",
}
deployments = pytest.mark.parametrize("name", sorted(DEPLOYMENTS))


def flow_of(name):
    module, _, function = DEPLOYMENTS[name]["entrypoint"].rpartition(".")
    return getattr(importlib.import_module(module), function)


def test_every_flow_that_the_product_promises_is_deployed():
    assert set(DEPLOYMENTS) == EXPECTED


def test_the_file_has_no_word_that_prefect_reads_over():
    assert set(FILE) == {"name", "prefect-version", "pull", "definitions", "deployments"}
    assert {key for each in DEPLOYMENTS.values() for key in each} <= KEYS
    triggers = [trigger for each in DEPLOYMENTS.values() for trigger in each.get("triggers", ())]
    assert {key for trigger in triggers for key in trigger} <= TRIGGER_KEYS
    assert {trigger["type"] for trigger in triggers} == {"event"}


@deployments
def test_an_entrypoint_is_a_flow_of_the_same_name_that_says_what_it_does(name):
    flow = flow_of(name)
    assert isinstance(flow, Flow)
    assert flow.name == name
    assert inspect.getdoc(flow.fn)
    assert DEPLOYMENTS[name]["description"]


@deployments
def test_everything_runs_in_the_pool_with_heartbeats_that_tell_a_dead_run(name):
    pool = DEPLOYMENTS[name]["work_pool"]
    assert pool["name"] == "manad"
    assert pool["job_variables"]["env"]["PREFECT_FLOWS_HEARTBEAT_FREQUENCY"] == "30"


@deployments
def test_what_the_ui_asks_for_is_described_and_what_a_schedule_starts_needs_nothing(name):
    schema = flow_of(name).parameters.properties
    assert all(each.get("description") for each in schema.values()), schema
    if "schedules" in DEPLOYMENTS[name]:
        assert not flow_of(name).parameters.required


@deployments
def test_schedules_are_crons_in_stockholm_with_a_name_of_their_own(name):
    schedules = DEPLOYMENTS[name].get("schedules", ())
    for schedule in schedules:
        assert set(schedule) == {"cron", "timezone", "slug"}
        CronSchedule(cron=schedule["cron"], timezone=schedule["timezone"])
        assert ZoneInfo(schedule["timezone"]).key == "Europe/Stockholm"
    assert len({schedule["slug"] for schedule in schedules}) == len(schedules)


@deployments
def test_a_trigger_listens_to_an_event_that_the_code_emits_and_fills_parameters_that_the_flow_has(name):
    for trigger in DEPLOYMENTS[name].get("triggers", ()):
        assert set(trigger["expect"]) <= set(get_args(Event))
        kind = trigger["match"]["prefect.resource.id"].removesuffix(".*")
        assert all(event.startswith(f"{kind}.") for event in trigger["expect"])
        assert set(trigger["parameters"]) <= set(flow_of(name).parameters.properties)


def test_one_run_at_a_time_works_on_deliveries_months_and_reminders():
    for name in (
        "receive_delivery",
        "follow_up_month",
        "chase_action_plans",
        "fetch_sources",
        "sweep",
        "backfill",
    ):
        assert DEPLOYMENTS[name]["concurrency_limit"] == {"limit": 1, "collision_strategy": "ENQUEUE"}


def test_looks_at_the_inbox_that_piled_up_are_not_made_one_by_one():
    assert DEPLOYMENTS["watch_inbox"]["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}


def test_a_run_is_watched_from_its_start_and_not_only_after_its_first_heartbeat():
    (watch,) = [each for each in automations([], []) if each.name == "Död körning märks Crashed"]
    assert watch.trigger.after == {"prefect.flow-run.Running", "prefect.flow-run.heartbeat"}
    assert "prefect.flow-run.heartbeat" in watch.trigger.expect


def test_the_automations_watch_flows_that_exist():
    assert {*WATCHED, *AROUND, "tell_operator"} == set(DEPLOYMENTS)
    names = [each.name for each in automations([], [])]
    assert len(set(names)) == len(names) == 4


def test_with_a_webhook_it_is_told_how_a_month_ends_that_is_not_done():
    without = {each.name for each in automations([], [])}
    (more,) = [each for each in automations([], [{"type": "do-nothing"}]) if each.name not in without]
    told = {name.rpartition(".")[2] for name in more.trigger.expect}
    assert told == {"MonthStopped", "Incomplete", "MailsNotFinal", "MonthHeld"}


def test_a_month_that_is_no_month_is_refused_before_anything_runs():
    with pytest.raises(Exception, match="period"):
        flow_of("follow_up_month").validate_parameters({"period": "2026-13"})
