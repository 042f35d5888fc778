"""A user of the embedded server in a process of its own: `home state short [uid]`.

Says `ready` once it is in, answers every line of SQL with the first value, and leaves when its input ends.
"""

import os
import sys
import time
from pathlib import Path

import psycopg

from sql.errors import DatabaseError
from sql.server import EmbeddedServer


def become(uid: int, gid: int) -> None:
    """Give up root for good; everything that this needs is imported already."""
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def say(word: str, value: object) -> None:
    print(word, value, flush=True)  # noqa: T201


def serve(server: EmbeddedServer) -> None:
    for line in sys.stdin:
        try:
            with psycopg.connect(server.conninfo(), autocommit=True) as connection:
                row = connection.execute(line.encode())
                say("value", row.fetchone()[0] if row.description else None)
        except psycopg.Error as error:
            say("error", type(error).__name__)


def main() -> None:
    home, state, short = (Path(part) for part in sys.argv[1:4])
    if len(sys.argv) > 4:
        become(*(int(number) for number in sys.argv[4:6]))
    start = time.perf_counter()
    try:
        with EmbeddedServer(home, state=state, short=short) as server:
            say("ready", f"{time.perf_counter() - start:.3f} {server.url()}")
            serve(server)
            start = time.perf_counter()
        say("left", f"{time.perf_counter() - start:.3f}")
    except DatabaseError as error:
        say("failed", f"{type(error).__name__} {error}")


main()
