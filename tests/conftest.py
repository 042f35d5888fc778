"""What all tests share."""

import gc
import os
import shutil
from contextlib import closing
from itertools import count
from pathlib import Path

import psycopg
import pytest

from flows.cli.main import SELDOM
from sql.migrate import migrate
from sql.server import EmbeddedServer
from tasks.settings import EXAMPLE_OPERATOR
from tests.worlds.beginnings import Beginnings, run_a_month
from tests.worlds.examples import load_profile
from tests.worlds.memory import folder_in_memory
from tests.worlds.whole import WHOLE
from tests.worlds.world import World

load_profile()
REFERENCE = Path(os.environ.get("MANAD_TEST_REFERENCE", "../shared/reference"))  # noqa: TID251


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write the golden files anew")


def pytest_configure(config):
    if not WHOLE:  # the processes of pytest-xdist keep every core busy already
        os.environ.setdefault("POLARS_MAX_THREADS", "1")  # noqa: TID251


def pytest_collection_modifyitems(config, items):
    """Leave out what needs the reference folder where it is absent; pytest's summary counts them."""
    if REFERENCE.is_dir():
        return
    absent = [item for item in items if item.get_closest_marker("reference")]
    config.hook.pytest_deselected(items=absent)
    items[:] = [item for item in items if item not in absent]


def pytest_collection_finish():
    """Look for rubbish seldom, and never among the thousands of tests that were found, which all stay."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


@pytest.fixture
def rewrite_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--rewrite-golden"))


@pytest.fixture(scope="session")
def reference() -> Path:
    return REFERENCE.absolute()


@pytest.fixture(scope="session")
def server():
    """A real PostgreSQL for the whole session."""
    folder = folder_in_memory("manad-test-")
    with EmbeddedServer(folder) as running:
        _take_it_easy(running)
        yield running
    shutil.rmtree(folder)


def _take_it_easy(server):
    """Let the server leave the disk to the system, and clean up nothing: no test pulls the plug."""
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
            connection.execute(f"alter system set {setting} = off")
        connection.execute("select pg_reload_conf()")


@pytest.fixture(scope="session")
def template(server):
    """A migrated database that each test gets a copy of."""
    migrate(server.create_database("template_manad"))
    return "template_manad"


NUMBERS = count(1)


@pytest.fixture
def database_url(server, template):
    """A migrated database of a test's own."""
    name = f"test_{os.getpid()}_{next(NUMBERS)}"
    yield server.create_database(name, template=template)
    server.drop_database(name)


@pytest.fixture
def world(database_url, tmp_path, monkeypatch, capsys):
    """A home, an inbox, a database and the command."""
    for name in [name for name in os.environ if name.startswith("MANAD_")]:  # noqa: TID251
        if name != "MANAD_TEST_REFERENCE":
            monkeypatch.delenv(name)
    monkeypatch.delenv("COLUMNS", raising=False)  # a terminal's width is said by the tests that ask for one
    environment = {"MANAD_HOME": str(tmp_path / "home"), "MANAD_DATABASE_URL": database_url}
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    conninfo = database_url.replace("postgresql+psycopg://", "postgresql://")
    with closing(World(tmp_path / "home", conninfo, environment, capsys)) as world:
        yield world


@pytest.fixture(scope="session")
def beginnings(server, tmp_path_factory):
    return Beginnings(server, tmp_path_factory.mktemp("beginnings"))


@pytest.fixture
def after(beginnings, world):
    """Bring the world to where a function leaves it, which is called once and whose work is copied then."""
    return lambda act: beginnings.bring(world, act)


@pytest.fixture
def done_month(after):
    """The world once its month is done: `world.month()` and `world.run()`."""
    return after(run_a_month)


@pytest.fixture
def by_smtp(world, monkeypatch):
    """Send mail by SMTP, to the port that is told."""
    monkeypatch.setenv("MANAD_MAIL_FROM", "manad@example.se")
    monkeypatch.setenv("MANAD_OPERATOR_EMAIL", EXAMPLE_OPERATOR)
    (world.home / "manad.toml").write_text("[mail]\ntimeout_seconds = 1\n", encoding="utf-8")
    return lambda port: monkeypatch.setenv("MANAD_MAIL_URL", f"smtp://127.0.0.1:{port}")
