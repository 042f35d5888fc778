"""The plan of the house says what is so: its wings, its contracts, and the files that things really pass."""

import inspect
import re
import sys
import tomllib

import pytest

from tests.worlds.documents import ROOT, bare, table_rows, text_of
from tests.worlds.small_administration import write_month

PAGE = text_of("docs/house.md")
CONTRACTS = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"]
PACKAGES = ("flows", "tasks", "sql", "notifications", "web")
WIDEST = 20
"""So many modules a folder may have before nobody finds a room in it."""


def folders(below):
    """Return the packages right below a folder, by name."""
    return {path.parent.name for path in (ROOT / below).glob("*/__init__.py")}


def layers(container):
    """Return the layers of a container's contract from the top, each as the names in it."""
    contract = next(one for one in CONTRACTS if one.get("containers") == [container])
    return [re.split(r"\s*[|:]\s*", layer) for layer in contract["layers"]]


def section(title):
    return PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_the_table_of_wings_names_each_wing_in_the_contracts_order():
    wings = [bare(cells[0]) for cells in table_rows(section("The wings"), r"`\w+`")]
    named = [name for layer in layers("tasks") for name in layer]
    assert wings == [name for name in named if name in folders("tasks") - {"sources", "rules"}]


@pytest.mark.parametrize("below", ["tasks/rules", "sql/queries", "tests"])
def test_the_same_subjects_divide_the_rules_the_queries_and_the_tests(below):
    wings = folders("tasks") - {"sources", "rules"}
    of_its_own = {"tasks/rules": {"volumes", "measured"}, "sql/queries": set(), "tests": None}[below]
    divided = {path.name for path in (ROOT / below).iterdir() if path.is_dir() and path.name != "__pycache__"}
    if of_its_own is None:
        assert wings - {"figures"} <= divided
    else:
        assert divided - of_its_own <= wings


def test_the_page_says_every_contract_in_its_own_words():
    assert [one["name"] for one in CONTRACTS if one["name"] not in " ".join(PAGE.split())] == []


def test_no_contract_has_more_than_ten_layers():
    assert [one["name"] for one in CONTRACTS if len(one.get("layers", ())) > 10] == []


def test_no_folder_has_more_modules_than_a_newcomer_can_look_through():
    modules = {}
    for package in (*PACKAGES, "demo"):
        for path in (ROOT / package).rglob("*.py"):
            if path.name != "__init__.py" and "versions" not in path.parts:
                modules.setdefault(path.parent, []).append(path.name)
    assert {str(folder): len(names) for folder, names in modules.items() if len(names) > WIDEST} == {}


def test_no_folder_of_tests_bears_the_name_of_a_package_of_the_product():
    assert {path.name for path in (ROOT / "tests").rglob("*") if path.is_dir()} & {*PACKAGES, "demo"} == set()


# The ways through the rooms


def way(title):
    """Return the files that a numbered way of the page passes, in order."""
    return re.findall(r"^\d+\. `([\w/.]+)`", section(title), re.MULTILINE)


def entered(world, *words):
    """Run a command; return the product's files that it enters, in the order of their first call."""
    files = {}

    def note(frame, event, _):
        code = frame.f_code
        is_function = code.co_flags & inspect.CO_OPTIMIZED  # modules and classes run when they are imported
        if event == "call" and is_function and code.co_filename.startswith(f"{ROOT}/"):
            files.setdefault(code.co_filename.removeprefix(f"{ROOT}/"))

    sys.setprofile(note)
    try:
        answer = world.manad(*words)
    finally:
        sys.setprofile(None)
    assert answer.code == 0, answer.err
    return list(files)


def passed(files, on_the_way):
    """Return the files on a way that were entered, in the order of their first call."""
    return [name for name in files if name in on_the_way]


def test_a_file_passes_the_rooms_that_the_page_tells(world):
    write_month(world.inbox)
    world.manad("deliver", world.inbox / "organisation_2026-09.csv")
    files = entered(world, "deliver", world.inbox / "ekonomi_2026-09.csv")
    assert passed(files, way("The way of a file")) == way("The way of a file") != []


def test_a_month_passes_the_rooms_that_the_page_tells(world):
    write_month(world.inbox)
    files = entered(world, "run", "2026-09", "--today", "2026-10-07")
    assert passed(files, way("The way of a month")) == way("The way of a month") != []


def test_a_plan_passes_the_rooms_that_the_page_tells(world):
    write_month(world.inbox)
    world.run()
    measure = "Färre vikarier;rektor;2026-10;600 000"
    files = entered(world, "plan", "submit", "1", "--measure", measure, "--today", "2026-10-08")
    assert passed(files, way("The way of a plan")) == way("The way of a plan") != []
