"""Run `manad` in processes that note what happens, and die or wait at a told moment.

It says `ready`, and for every line of JSON (`words`, `environment`, `die_at`, `wait_at`) forks a process
that runs the command as it is and ends with `trace` and the list of moments; then it says `ended` and the
exit code. All is loaded but nothing is opened before the fork, so a job begins at once. The product has no
hooks: its steps, transactions, files and mails are watched from outside. A moment is named by its order
within its step, as `before commit 2 of receive_deliveries`; transactions that only read are none. A step that
is made a second time is another one: `before mail 1 of send_mails again`.
"""

import json
import os
import signal
import sys
from collections import Counter
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from pathlib import Path

import flows.cli.run_commands
import notifications.smtp  # noqa: F401
import tasks.installation
import tasks.outbox.send_mails
from flows.cli.main import main
from sql.database import Database

OUTSIDE = "the command"
WROTE = "select pg_current_xact_id_if_assigned() is not null"


class Watch:
    """Keeps the trace; at its moment the process is killed, or waits for a line."""

    def __init__(self, die_at, wait_at):
        self.die_at, self.wait_at = die_at, wait_at
        self.step = OUTSIDE
        self.trace = []
        self.counts = Counter()
        self.done = set()

    def happens(self, moment):
        self.trace.append(moment)
        if moment == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)
        if moment == self.wait_at:
            print("waiting", flush=True)  # noqa: T201
            sys.stdin.readline()

    @contextmanager
    def around(self, what):
        """Note before and after something that lasts; what raises has no after."""
        self.counts[self.step, what] += 1
        name = f"{what} {self.counts[self.step, what]} of {self.step}"
        self.happens(f"before {name}")
        yield
        self.happens(f"after {name}")

    def doing(self, do):
        """Note before and after each step."""

        def watched(step, *arguments):
            name = step.__name__
            self.step = f"{name} again" if name in self.done else name
            self.done.add(name)
            self.happens(f"before {self.step}")
            result = do(step, *arguments)
            self.happens(f"after {self.step}")
            self.step = OUTSIDE
            return result

        return watched


def watch_everything(watch):
    """Put the watch around steps, commits, renames and mails, in this process only."""
    follow_up, rename, open_transport = (
        flows.cli.run_commands.follow_up,
        Path.replace,
        tasks.outbox.send_mails.open_transport,
    )

    class WatchedDatabase(Database):
        @contextmanager
        def transaction(self):
            with ExitStack() as ends, super().transaction() as transaction:
                yield transaction
                if transaction._connection.exec_driver_sql(WROTE).scalar():
                    ends.enter_context(watch.around("commit"))

    class WatchedTransport:
        def __init__(self, real):
            self.real = real

        def send(self, *mail):
            with watch.around("mail"):
                self.real.send(*mail)

    @contextmanager
    def watched_transport(*arguments, **options):
        with open_transport(*arguments, **options) as real:
            yield WatchedTransport(real)

    def watched_rename(path, target):
        with watch.around("file"):
            return rename(path, target)

    flows.cli.run_commands.follow_up = lambda month, do: follow_up(month, watch.doing(do))
    tasks.installation.Database = WatchedDatabase
    tasks.outbox.send_mails.open_transport = watched_transport
    Path.replace = watched_rename


def run(job):
    print("began", os.getpid(), flush=True)  # noqa: T201
    os.environ.update(job["environment"])  # noqa: TID251
    watch = Watch(job["die_at"], job["wait_at"])
    watch_everything(watch)
    code = main(job["words"])
    print("trace", json.dumps(watch.trace), flush=True)  # noqa: T201
    return code


def _load(names):
    """Load what a job loaded as it went, so that the next one need not."""
    for name in sorted(names):
        with suppress(ImportError):
            import_module(name)


def serve():
    print("ready", flush=True)  # noqa: T201
    for line in iter(sys.stdin.readline, ""):
        before = set(sys.modules)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            code = run(json.loads(line))
            os.write(writing, " ".join(sys.modules.keys() - before).encode())
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)  # taking down all that the parent has loaded would last as long as the job
        os.close(writing)
        _, status = os.waitpid(child, 0)
        with os.fdopen(reading) as told:
            _load(told.read().split())
        print("\nended", os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201


if __name__ == "__main__":
    serve()
