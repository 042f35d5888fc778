"""What the house promises of its own layout."""

import re
import subprocess
import sys
from argparse import Namespace, _SubParsersAction
from inspect import signature
from pathlib import Path

import grimp
import psycopg
import pytest

from flows.cli.commands import COMMANDS, command_of
from flows.cli.words import command_parser
from sql.queries import FOLDER, query_names

ROOT = Path(__file__).parents[2]
ALLOWED_IN_RULES = {
    "base64", "bisect", "collections", "contextlib", "csv", "dataclasses", "datetime", "decimal", "difflib",
    "email", "enum", "functools", "hashlib", "hmac", "io", "itertools", "json", "math", "numpy", "operator",
    "polars", "re", "string", "tasks", "textwrap", "types", "typing", "unicodedata", "__future__",
}  # fmt: skip


def test_rules_import_only_what_computes():
    graph = grimp.build_graph("tasks", include_external_packages=True)
    rules = {"tasks.rules"} | graph.find_descendants("tasks.rules")
    imported = {target for rule in rules for target in graph.find_modules_directly_imported_by(rule)}
    assert {name.split(".")[0] for name in imported} <= ALLOWED_IN_RULES
    assert {name for name in imported if name.startswith("tasks")} <= rules | {"tasks.errors"}


def test_nothing_among_the_tests_is_called_like_a_package_of_the_product():
    """A folder of tests comes first where modules are looked for, and would stand in the product's place."""
    product = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert {"flows", "tasks", "sql", "notifications", "web", "demo"} <= product
    assert not product & {path.stem for path in (ROOT / "tests").rglob("*")}


def test_importing_a_rule_loads_neither_prefect_nor_the_database():
    loaded = modules_after("import tasks.rules.assessment.forecast, tasks.rules.deliveries.check")
    assert not loaded & {"prefect", "sqlalchemy", "psycopg", "jinja2", "requests"}


def test_the_command_line_runs_a_month_without_prefect():
    loaded = modules_after(
        "import flows.cli.run_commands, flows.cli.month_commands, tasks.report.write_report"
    )
    assert "sqlalchemy" in loaded
    assert "prefect" not in loaded


def test_the_help_loads_neither_the_database_nor_numpy():
    loaded = modules_after(
        "import flows.cli.main\ntry: flows.cli.main.main(['--help'])\nexcept SystemExit: pass"
    )
    assert not loaded & {"prefect", "sqlalchemy", "psycopg", "polars", "numpy", "jinja2"}


def test_every_command_has_a_function_that_answers_it():
    assert dict(asked_for(command_parser())) == {name: name for name in COMMANDS}
    for name in COMMANDS:
        (arguments,) = signature(command_of(name)).parameters.values()
        assert arguments.annotation is Namespace


def asked_for(parser, *words):
    """Yield every command's words, and what the parser then asks for."""
    below = [action for action in parser._actions if isinstance(action, _SubParsersAction)]
    if not below:
        yield " ".join(words), parser.get_default("command")
    for name, inner in below[0].choices.items() if below else ():
        yield from asked_for(inner, *words, name)


def modules_after(code):
    """Return the top-level modules that are loaded when some code has run in a new process."""
    listing = "\nimport sys; print('|'.join(sorted({name.split('.')[0] for name in sys.modules})))"
    done = subprocess.run(
        [sys.executable, "-c", code + listing], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stdout.splitlines()[-1].split("|"))


@pytest.mark.parametrize("package", ["tasks", "tasks/rules"])
def test_packages_that_must_stay_empty_are(package):
    assert (ROOT / package / "__init__.py").read_text().strip() == ""


@pytest.mark.parametrize("name", query_names())
def test_every_query_prepares_on_a_migrated_database(name, prepared):
    prepared.execute(f"PREPARE one AS {with_numbers((FOLDER / f'{name}.sql').read_text('utf-8'))}")


@pytest.fixture(scope="module")
def prepared(server, template):
    with psycopg.connect(server.conninfo(template), autocommit=True) as connection:
        yield Deallocating(connection)


class Deallocating:
    """Prepares one statement at a time."""

    def __init__(self, connection):
        self.connection = connection

    def execute(self, statement):
        self.connection.execute(statement)
        self.connection.execute("DEALLOCATE one")


def with_numbers(query):
    """Turn named parameters into PostgreSQL's own."""
    names = []

    def number(match):
        if match[1] not in names:
            names.append(match[1])
        return f"${names.index(match[1]) + 1}"

    return re.sub(r"(?<![:\w]):([a-z_]\w*)", number, re.sub(r"--.*", "", query))


AREAS = {name.split("/")[0] for name in query_names()}


def test_every_query_is_called_and_every_called_query_exists():
    code = "\n".join(path.read_text("utf-8") for path in ROOT.glob("tasks/**/*.py"))
    called = set(re.findall(rf'"((?:{"|".join(AREAS)})/[a-z_]+)"', code))
    assert set(query_names()) - called == set()
    assert called - set(query_names()) == set()


def test_every_query_says_its_purpose_in_its_first_line():
    assert [name for name in query_names() if not first_line(name).startswith("-- ")] == []


def first_line(name):
    return (FOLDER / f"{name}.sql").read_text("utf-8").splitlines()[0]
