"""No output reads figures of people but by the room that hides the few: held against the code itself."""

import ast
import re
from functools import cache

import pytest

from flows.cli.commands import COMMANDS
from sql.queries import FOLDER, query_names
from tests.privacy import ways_out
from tests.worlds.documents import ROOT, text_of

ROOM = "tasks.figures.tell_people"


@cache
def modules():
    """Return the syntax tree of each module of the product."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): ast.parse(path.read_text("utf-8"))
        for package in ("flows", "tasks", "web", "notifications", "sql")
        for path in sorted((ROOT / package).rglob("*.py"))
        if "versions" not in path.parts
    }


def named(tree):
    """Return every name that a module uses, gets from another, or asks a query by."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.ImportFrom):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@cache
def names_of_modules():
    return {module: set(named(tree)) for module, tree in modules().items()}


def users(name):
    return {module for module, names in names_of_modules().items() if name in names}


def without_comments(query):
    return re.sub(r"--.*", "", (FOLDER / f"{query}.sql").read_text("utf-8"))


@pytest.mark.parametrize("table", ways_out.TABLES)
def test_the_figures_of_people_are_read_by_the_queries_and_modules_that_are_listed(table):
    reads = re.compile(rf"\b(?:from|join|into)\s+{table}\b", re.IGNORECASE)
    queries = [name for name in query_names() if reads.search(without_comments(name))]
    writes = re.compile(r"^\s*insert\s(?!.*\bselect\b)", re.IGNORECASE | re.DOTALL)
    asked = {name: users(name) for name in queries if not writes.search(without_comments(name))}
    listed = ways_out.TABLES[table]
    assert asked == {name: modules for name, modules in listed.items() if name in asked}
    assert asked.keys() == {name for name in listed if not writes.search(without_comments(name))}


@pytest.mark.parametrize("name", ways_out.READERS)
def test_the_room_and_what_it_hides_are_named_only_where_it_is_listed(name):
    defined = {
        module
        for module, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == name
    }
    assert len(defined) == 1
    assert users(name) - defined == ways_out.READERS[name] - defined


def test_every_function_of_the_room_is_listed():
    public = {
        node.name
        for node in modules()[ROOM].body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }
    assert public <= ways_out.READERS.keys()


def test_every_way_out_is_listed_with_its_room():
    assert ways_out.COMMANDS.keys() == COMMANDS.keys()
    mails = {path.parent.name for path in (ROOT / "notifications" / "mails").glob("*/__init__.py")}
    assert ways_out.MAILS.keys() == mails
    pages = {path.name.removesuffix(".html.j2") for path in (ROOT / "web" / "templates").glob("*.j2")}
    assert ways_out.PAGES.keys() == pages
    shown = re.compile(r"create_\w+_artifact")
    artifacts = {module for module, names in names_of_modules().items() if any(map(shown.fullmatch, names))}
    assert ways_out.ARTIFACTS.keys() == artifacts


def test_the_plan_of_the_house_names_the_list():
    assert "tests/privacy/ways_out.py" in text_of("docs/house.md")
