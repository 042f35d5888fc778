"""The documents say what the product is: each list in them is held against the code."""

import argparse
import re
import shlex
import tomllib
from dataclasses import asdict, fields, replace
from decimal import Decimal

import pytest

from flows.cli.words import command_parser
from tasks.config import Config, SourceSettings, parse_config
from tasks.errors import UsageError
from tasks.rules.operations.state import AFTER, REACHED, STEPS, may_follow
from tasks.rules.report.goals.indicators import IndicatorSettings
from tasks.rules.report.reconciliation import KnownDifference
from tasks.rules.state_words import month_state
from tasks.rules.volumes.adjustment import MeasureSettings
from tests.worlds.documents import ADRS, DOCS, EVERY, ROOT, bare, table_rows, text_of

USERS_DOCUMENTS = (
    "README.md",
    "docs/month.md",
    "docs/commands.md",
    "docs/walk.md",
    "docs/settings.md",
    "docs/database.md",
    "docs/month_states.md",
)
NOT_SETTINGS = {"MANAD_TEST_REFERENCE", "MANAD_TEST_WHOLE"}


# Commands and settings


def commands(parser, words=()):
    """Yield every command of a parser as its words."""
    below = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    for name, child in below[0].choices.items() if below else ():
        yield from commands(child, (*words, name))
    if not below:
        yield " ".join(words)


def written_commands():
    """Yield every line of the users' documents that runs `manad` with something to do."""
    for name in USERS_DOCUMENTS:
        for indented, inline in re.findall(r"^ {4,}(manad .+)$|`(manad [^`]+)`", text_of(name), re.MULTILINE):
            yield (indented or inline).replace(" ID ", " 17 ")


@pytest.mark.parametrize("command", commands(command_parser()))
def test_every_command_is_in_the_list_of_commands(command):
    assert f"`manad {command}" in text_of("docs/commands.md")


def test_the_readme_is_two_screens_and_leads_a_newcomer_to_the_plan_of_the_house():
    readme = text_of("README.md")
    assert len(readme.splitlines()) <= 120
    assert "docs/house.md" in readme.split("\n\n")[1]


@pytest.mark.parametrize("line", sorted(set(written_commands())))
def test_every_command_in_a_document_is_understood(line):
    words = shlex.split(line)[1:]
    if words[-1] == "--help" or len(words) == 1:  # named, not to be run as it stands
        assert "--help" in words or words[0] in {each.split()[0] for each in commands(command_parser())}
    else:
        assert command_parser().parse_args(words)


def test_the_settings_that_are_read_are_the_settings_that_are_documented():
    read = set(re.findall(r'"(MANAD_\w+)"', text_of("tasks/settings.py")))
    rows = table_rows(text_of("docs/settings.md"), r"`MANAD_\w+(<KÄLLA>)?`")
    table = {bare(cells[0]).removesuffix("<KÄLLA>") for cells in rows}
    assert table == read
    named = {name for path in EVERY for name in re.findall(r"MANAD_\w+", path.read_text(encoding="utf-8"))}
    assert named - NOT_SETTINGS == read


def flattened(value, name=""):
    """Yield (dotted name, value) of every setting of the TOML file."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from flattened(one, f"{name}.{key}" if name else key)
    else:
        yield name, value


def told(value):
    """Return a default as the document writes it."""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return str(value).lower()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


ILSWEB_NAMES = (
    "ilsweb.indicators.<indikator>",
    "ilsweb.areas.<verksamhetsområde>",
    "ilsweb.budget_sides.<slag>",
    "ilsweb.investments.<investering>",
    "ilsweb.columns.<kolumn>",
)
"""Tables of names that an administration has of its own."""


def test_every_key_of_the_toml_file_is_documented_with_its_default_unit_and_reason():
    rows = table_rows(text_of("docs/settings.md"), r"`[a-z_]+\.[^`]+`")
    config = asdict(Config())
    del config["sources"]
    expected = {name: told(value) for name, value in flattened(config)}
    expected |= {f"sources.<källa>.{one.name}": told(one.default) for one in fields(SourceSettings)}
    expected |= {f"indicators.<indikator>.{one.name}": "" for one in fields(IndicatorSettings)}
    expected |= {f"measures.<mått>.{one.name}": "" for one in fields(MeasureSettings)}
    expected |= {
        f"reconciliation.known.<kod>.{one.name}": told(one.default) for one in fields(KnownDifference)
    }
    expected |= {"deviation_by_type.<enhetstyp>.<nyckel>": ""}
    expected |= dict.fromkeys(ILSWEB_NAMES, "")
    assert {bare(name): bare(default) for name, default, *_ in rows} == expected
    assert all(unit and reason for _, _, unit, reason in rows)


def test_the_file_that_the_first_run_writes_says_the_defaults():
    assert parse_config(tomllib.loads(text_of("tasks/manad.toml"))) == Config()


def test_a_name_that_the_document_lacks_is_refused():
    with pytest.raises(UsageError, match="okänt"):
        parse_config({"deviation": {"flor_kr": 1}})


def test_a_type_of_units_has_the_common_settings_less_what_is_said_otherwise():
    said = {"socialtjänst": {"floor_kr": 300_000, "larm_bar": {"percent": 3}}}
    config = parse_config({"deviation": {"surplus_floor_kr": 1}, "deviation_by_type": said})
    common = config.deviation
    of_type = replace(
        common, floor_kr=Decimal(300_000), larm_bar=replace(common.larm_bar, percent=Decimal(3))
    )
    assert config.deviation_of("socialtjänst") == of_type
    assert config.deviation_of("förskola") == config.deviation_of(None) == common


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"socialtjänst": {"flor_kr": 1}}, "deviation_by_type.socialtjänst: flor_kr är okänt"),
        ({"socialtjänst": {"larm_bar": {"procent": 1}}}, "procent är okänt"),
        ({"socialtjänst": {"larm_bar": 2}}, "larm_bar ska vara ett avsnitt"),
        ({"socialtjänst": 2}, "deviation_by_type.socialtjänst ska vara ett avsnitt"),
        (2, "deviation_by_type ska vara ett avsnitt"),
    ],
)
def test_what_cannot_be_said_of_a_type_of_units_is_told_by_its_key(said, told):
    with pytest.raises(UsageError, match=told):
        parse_config({"deviation_by_type": said})


# The month's states

STATES = text_of("docs/month_states.md")
INNER = STATES.partition("as korning {")[2].partition("\n    }")[0]
STEPS_DRAWN = re.findall(r"^ +(\w+) --> (\w+) : (\w+)$", INNER, re.MULTILINE)


def test_the_picture_of_the_states_has_the_moves_of_the_rule_and_no_others():
    within = set(REACHED) - {"failed"}
    drawn = {(before, after) for before, after, _ in STEPS_DRAWN}
    forward = {
        (before, after)
        for before in within
        for after in within
        if may_follow(before, after) and REACHED[after] > REACHED[before]
    }
    assert drawn == forward
    assert {(before, "failed") for before in within} == {
        (before, "failed") for before in within if may_follow(before, "failed")
    }
    assert "korning --> failed" in STATES
    assert all(may_follow("failed", after) for after in within)
    assert "failed --> korning" in STATES


@pytest.mark.parametrize(("before", "after", "step"), STEPS_DRAWN)
def test_the_step_at_an_arrow_leads_where_the_arrow_points(before, after, step):
    assert after in {state for (made, _), state in AFTER.items() if made == step}


def test_the_table_of_the_states_says_how_each_is_reached_and_what_the_terminal_calls_it():
    rows = {bare(cells[0]): cells[1:] for cells in table_rows(STATES, r"`[a-z_]+`")}
    assert set(rows) == set(REACHED)
    for state, (step, words, _) in rows.items():
        assert words == month_state(state)
        assert step == "vilket steg som helst" or state in {
            AFTER[key] for key in AFTER if key[0] == bare(step)
        }


def test_the_states_name_every_step():
    assert {step for step in STEPS if f"`{step}`" not in STATES} == set()


# Links and words


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(path):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_document_is_in_the_list_of_documents():
    listed = set(re.findall(r"\]\(([^)#]+\.md)\)", text_of("docs/README.md")))
    written = {str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md")} - {"README.md"}
    assert listed == written | {"../README.md", "../CONTRIBUTING.md"}


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.name)
def test_every_file_of_the_code_that_a_document_names_exists(path):
    named = re.findall(
        r"`((?:flows|tasks|sql|notifications|web|tests|demo|bench)/[\w/.]*)`",
        path.read_text(encoding="utf-8"),
    )
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_glossary_names_only_what_the_code_has():
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("flows", "tasks", "sql", "notifications")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".sql", ".j2"}
    )
    named = re.findall(r"`([^`]+)`", text_of("docs/glossary.md"))
    assert [
        name for name in named if "/" not in name and not re.search(rf"\b{re.escape(name)}\b", code)
    ] == []


@pytest.mark.parametrize("adr", ADRS, ids=lambda path: path.name)
def test_a_decision_fits_a_page_and_has_its_parts(adr):
    said = adr.read_text(encoding="utf-8")
    assert len(said.split()) <= 600
    for part in ("## Context", "## Decision", "## Consequences", "## Tried and measured"):
        assert part in said
