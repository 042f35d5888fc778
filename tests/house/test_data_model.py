"""The page about the data model draws the database as it is."""

import re

import psycopg
import pytest

from tests.worlds.documents import ADRS, DOCS, bare, table_rows, text_of

ALIASES = {"int8": "bigint", "int4": "integer", "bool": "boolean", "_text": "text_array"}


@pytest.fixture(scope="module")
def schema(server, template):
    """Every table's and view's columns with their types, its keys, and where each foreign key leads."""
    with psycopg.connect(server.conninfo(template)) as connection:
        columns = connection.execute(
            "select table_name, column_name, coalesce(domain_name, udt_name) "
            "from information_schema.columns where table_schema = 'public'"
        ).fetchall()
        keys = connection.execute(
            "select conrelid::regclass::text, attname, contype::text, nullif(confrelid, 0)::regclass::text "
            "from pg_constraint inner join pg_attribute on attrelid = conrelid and attnum = any(conkey) "
            "where contype in ('p', 'f') and connamespace = 'public'::regnamespace"
        ).fetchall()
        views = connection.execute("select viewname from pg_views where schemaname = 'public'").fetchall()
    return {
        "columns": {(table, column): ALIASES.get(kind, kind) for table, column, kind in columns},
        "keys": {(table, column): "PK" for table, column, kind, _ in keys if kind == "p"},
        "foreign": {(table, column): to for table, column, kind, to in keys if kind == "f"},
        "names": {table for table, _, _ in columns},
        "views": {name for (name,) in views},
    }


MODEL = text_of("docs/data_model.md")
ENTITY = re.compile(r"^    (\w+) \{\n(.*?)^    \}", re.MULTILINE | re.DOTALL)
DRAWN = [
    (table, *line.replace(",", "").split())
    for table, body in ENTITY.findall(MODEL)
    for line in body.splitlines()
]


def test_the_data_model_has_a_row_for_every_table_and_view(schema):
    described = {bare(cells[0]) for cells in table_rows(MODEL, r"`\w+`")}
    assert described == schema["names"]


def test_the_data_model_draws_columns_as_they_are(schema):
    wrong = [one for one in DRAWN if schema["columns"].get((one[0], one[2])) != one[1]]
    assert wrong == []


def test_the_data_model_draws_every_key_of_the_tables_that_it_draws(schema):
    tables = {one[0] for one in DRAWN}
    for mark, held in (("PK", schema["keys"]), ("FK", schema["foreign"])):
        drawn = {(one[0], one[2]) for one in DRAWN if mark in one[3:]}
        assert drawn == {key for key in held if key[0] in tables}


def test_the_data_model_draws_every_reference_between_tables_and_no_other(schema):
    drawn = re.findall(r'^    (\w+) \S+--\S+ (\w+) : "(\w+)"$', MODEL, re.MULTILINE)
    assert {(child, column): parent for parent, child, column in drawn} == schema["foreign"]


@pytest.mark.parametrize(
    "path", [*ADRS, DOCS / "data_model.md", DOCS / "database.md"], ids=lambda path: path.name
)
def test_every_column_that_a_document_names_exists(schema, path):
    named = re.findall(r"`(\w+)\.(\w+)`", path.read_text(encoding="utf-8"))
    assert [one for one in named if one[0] in schema["names"] and one not in schema["columns"]] == []


def test_the_questions_of_the_data_model_can_be_asked(server, template):
    questions = re.findall(r"```sql\n(.*?)```", MODEL, re.DOTALL)
    assert questions
    with psycopg.connect(server.conninfo(template)) as connection:
        for question in questions:
            connection.execute(question)
