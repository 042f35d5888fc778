"""What the embedded PostgreSQL says when it can't be used."""

import os
import pwd
import subprocess
from pathlib import Path

import pytest

from sql import account
from sql.errors import (
    BinariesMissingError,
    ClusterMakeError,
    DatabaseFolderError,
    DiskFullError,
    ServerStartError,
)
from sql.server_log import KEPT, cut, failure, telling_line

from .place import Place, as_root

pytestmark = pytest.mark.timeout(60)


@as_root
def test_a_full_disk_is_called_a_full_disk(own: Place) -> None:
    home = own.make("small")
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=20m,mode=755", "none", home], check=False
    ).returncode:
        pytest.skip("no right to mount")
    try:
        with pytest.raises(DiskFullError, match="Disken är full"), own.server(home):
            pass
    finally:
        subprocess.run(["umount", "-l", home], check=True)


def test_a_broken_configuration_is_told_with_the_logs_own_line_and_path(own_warm: Place) -> None:
    with own_warm.server():
        pass
    with (own_warm.data() / "postgresql.conf").open("a") as file:
        file.write("no_such_setting = 1\n")
    with pytest.raises(
        ServerStartError, match=r"PostgreSQL startade inte .*FATAL:.*läs .*server\.log"
    ) as caught:
        own_warm.server().__enter__()
    assert caught.value.log == own_warm.data().with_name("server.log")
    assert "\n" not in str(caught.value)


def test_an_initdb_that_fails_is_told_with_its_own_line(own: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sql.cluster.INITDB", ("--no-such-flag",))
    with pytest.raises(ClusterMakeError, match="no-such-flag") as caught, own.server():
        pass
    assert "\n" not in str(caught.value)


def test_missing_programs_are_told_with_the_packages_name(
    own: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account, "PACKAGE", "not_installed")
    with pytest.raises(BinariesMissingError, match="installera paketet not_installed"), own.server():
        pass


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"id": "../../etc"}'])
def test_a_damaged_note_is_told_and_no_empty_cluster_is_made_beside_the_old(own: Place, text: str) -> None:
    (own.home / "postgres.json").write_text(text)
    with pytest.raises(DatabaseFolderError, match=r"postgres.json \(filen är skadad\)"), own.server():
        pass
    assert not (own.home / "postgres").exists()


@as_root
def test_an_ordinary_user_is_told_whose_cluster_root_has_made(own: Place) -> None:
    own.server().__enter__().__exit__(None, None, None)
    daemon = pwd.getpwnam("daemon")
    own.uid, own.gid = daemon.pw_uid, daemon.pw_gid
    os.chown(own.home, daemon.pw_uid, daemon.pw_gid)
    for lock in own.home.glob("*.lock"):
        os.chown(lock, daemon.pw_uid, daemon.pw_gid)
    assert "rättigheter saknas" in own.start().hear("failed")


def test_a_home_that_cannot_be_made_is_told_with_its_path(own: Place) -> None:
    (own.folder / "file").write_text("")
    with pytest.raises(DatabaseFolderError, match="file"), own.server(own.folder / "file" / "home"):
        pass


def test_a_log_that_has_grown_long_keeps_only_its_end(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    log.write_bytes(b"old\n" * 300_000 + b"the end")
    with log.open("ab") as server_writes:
        cut(log)
        server_writes.write(b", and on")
    assert log.stat().st_size == KEPT + len(", and on")
    assert log.read_bytes().endswith(b"old\nthe end, and on")


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (
            "LOG:  a\nFATAL:  b\nLOG:  database system is shut down\n",
            "FATAL:  b",
        ),  # the cause, not the last word
        ("initdb: error: c\ninitdb: removing directory\n", "initdb: error: c"),
        ("only this\n", "only this"),
        ("", "PostgreSQL sade inget"),
    ],
)
def test_the_line_that_is_told_is_the_one_that_names_the_cause(said: str, line: str) -> None:
    assert telling_line(said) == line


@pytest.mark.parametrize(
    ("said", "is_full"),
    [
        ("FATAL:  could not write: No space left on device", True),
        ("initdb: error: Disk quota exceeded", True),
        ("FATAL:  database files are incompatible with server", False),
    ],
)
def test_a_full_disk_is_known_by_its_message(said: str, is_full: bool, tmp_path: Path) -> None:
    assert isinstance(failure(said, tmp_path), DiskFullError) is is_full
