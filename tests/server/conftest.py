"""Places where the embedded server is used, as root and as an ordinary user."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from .place import IS_ROOT, NOBODY, Place, a_place, as_root, by_others


@pytest.fixture(params=[pytest.param("root", marks=as_root), pytest.param("ordinary", marks=by_others)])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    ordinary = request.param == "ordinary" and IS_ROOT
    yield from a_place(*((NOBODY.pw_uid, NOBODY.pw_gid) if ordinary else (os.geteuid(), os.getegid())))


@pytest.fixture
def own() -> Iterator[Place]:
    """A place for whoever runs the tests."""
    yield from a_place(os.geteuid(), os.getegid())


@pytest.fixture(scope="session")
def cluster() -> Iterator[Path]:
    """A whole cluster, as the first start leaves it."""
    for made in a_place(os.geteuid(), os.getegid()):
        with made.server():
            pass
        yield made.home / "postgres"


@pytest.fixture
def warm(place: Place, cluster: Path) -> Place:
    place.make_warm(cluster)
    return place


@pytest.fixture
def own_warm(own: Place, cluster: Path) -> Place:
    own.make_warm(cluster)
    return own
