"""The pages of a small administration whose first unit is to write a plan."""

import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import date
from itertools import count

import pytest

from tasks.clock import Clock
from tasks.installation import open_installation
from tasks.settings import read_settings
from tests.pages.browser import CHROMIUM, open_reader
from tests.pages.pages import Pages
from tests.worlds.small_administration import PERIOD, write_month
from tests.worlds.world import TODAY

NUMBERS = count(1)
MANAD = "import sys; from flows.cli.main import main; sys.exit(main(sys.argv[1:]))"


def pytest_configure(config):
    config.addinivalue_line("markers", "browser: needs Chromium where Debian installs it")


def pytest_collection_modifyitems(config, items):
    """Leave out what needs a browser where there is none; pytest's summary counts them."""
    if CHROMIUM.exists():
        return
    absent = [item for item in items if item.get_closest_marker("browser")]
    config.hook.pytest_deselected(items=absent)
    items[:] = [item for item in items if item not in absent]


@pytest.fixture(scope="session")
def month_template(server, template, tmp_path_factory):
    """A database in which the month was run, that each test gets a copy of."""
    home = tmp_path_factory.mktemp("web")
    write_month(home / "inbox")
    url = server.create_database("template_web", template=template)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MANAD_")}  # noqa: TID251
    run = [sys.executable, "-c", MANAD, "run", PERIOD, "--today", TODAY]
    subprocess.run(run, env=clean | {"MANAD_HOME": str(home), "MANAD_DATABASE_URL": url}, check=True)
    return "template_web"


@pytest.fixture
def database_url(server, month_template):
    name = f"web_{os.getpid()}_{next(NUMBERS)}"
    yield server.create_database(name, template=month_template)
    server.drop_database(name)


@pytest.fixture
def pages(world):
    """The pages as on the day after the month was run."""
    with opened_pages(world) as opened:
        yield opened


@pytest.fixture
def https_pages(world, monkeypatch):
    """The pages behind a proxy that ends https, under a path of its own."""
    monkeypatch.setenv("MANAD_BASE_URL", "https://uppfoljning.example.se/ekonomi")
    with opened_pages(world) as opened:
        yield opened


@pytest.fixture(scope="session")
def browser():
    """A headless browser that reaches nothing but this machine."""
    with open_reader() as opened:
        yield opened


@contextmanager
def opened_pages(world, clock=Clock()):  # noqa: B008 - it keeps nothing
    with open_installation(read_settings(), clock) as installation:
        yield Pages(world, installation, date(2026, 10, 8))
