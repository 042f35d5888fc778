"""The schema follows the program: forward only, once, whoever comes first."""

import os
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from sql.errors import DatabaseError
from sql.migrate import migrate, newest_revision


@pytest.fixture
def empty(server):
    name = f"migrate_{os.getpid()}"
    yield server.create_database(name), server.conninfo(name)
    server.drop_database(name)


def test_of_many_processes_that_start_at_once_the_schema_is_made_by_one(empty):
    url, conninfo = empty
    with ThreadPoolExecutor(4) as four:
        list(four.map(migrate, [url] * 4))
    with psycopg.connect(conninfo) as connection:
        assert connection.execute("select version_num from alembic_version").fetchall() == [
            (newest_revision(),)
        ]


def test_a_schema_that_is_up_to_date_is_left_alone(empty):
    url, _ = empty
    assert migrate(url)
    assert not migrate(url)


def test_a_schema_newer_than_the_program_is_said_in_one_line(empty):
    url, conninfo = empty
    migrate(url)
    with psycopg.connect(conninfo) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
    with pytest.raises(DatabaseError, match=r"^Databasens schema \(9999\) är nyare än programmet"):
        migrate(url)
