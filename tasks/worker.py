"""A process at work: signed in with a lease that it renews and a connection that dies with it."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

from sql.database import Transaction, private_connection
from sql.errors import DatabaseError
from tasks.installation import Installation

LEASE_SECONDS = 60
RENEWALS_A_LEASE = 4


@contextmanager
def worker_at_work(installation: Installation) -> Iterator[UUID]:
    """Sign this process in while the block runs and give it an id to claim work by."""
    if installation.rehearsal:
        with installation.database.transaction() as transaction:
            yield _signed_in(transaction)
        return
    with private_connection(installation.database.url) as connection:
        worker = _signed_in(connection)
        finished = threading.Event()
        renewal = threading.Thread(target=_renew, args=(connection, worker, finished), daemon=True)
        renewal.start()
        try:
            yield worker
        finally:
            finished.set()
            renewal.join()
            _sign_out(connection, worker)


def _signed_in(connection: Transaction) -> UUID:
    worker = uuid4()
    connection.run(
        "operations/insert_worker",
        worker=worker,
        host=socket.gethostname(),
        process_id=os.getpid(),
        lease_seconds=LEASE_SECONDS,
    )
    return worker


def _renew(connection: Transaction, worker: UUID, finished: threading.Event) -> None:
    while not finished.wait(LEASE_SECONDS / RENEWALS_A_LEASE):
        try:
            connection.run("operations/renew_lease", worker=worker, lease_seconds=LEASE_SECONDS)
        except DatabaseError:
            return  # the lease runs out, and whoever saves next is told that the month is lost


def _sign_out(connection: Transaction, worker: UUID) -> None:
    try:
        connection.run("operations/end_lease", worker=worker)
    except DatabaseError:
        return  # a dead connection is a sign-out too
