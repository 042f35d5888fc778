"""One command that serves everything: database, Prefect's server, a worker, the deployments and the pages."""

import socket
import threading
from dataclasses import dataclass
from pathlib import Path

from flows.serving.keep_serving import PAUSE, Say, keep_serving
from flows.serving.processes import Processes, Served
from tasks.clock import Clock
from tasks.errors import ManadError, UsageError
from tasks.installation import open_installation
from tasks.prefect_server import answers, server_database
from tasks.settings import Settings, environment_with, read_secret

POOL = "manad"
AT_ONCE = "4"
"""So many runs at the same time; each is a process of a few hundred MB."""
START_SECONDS = 120.0


class ServeError(ManadError):
    """Something that is to serve doesn't start."""


class _ToldToStopError(Exception):
    """Told to stop before everything was up."""


@dataclass(frozen=True)
class Places:
    """Where an installation serves: on which host, Prefect's port, and the port of the pages."""

    host: str
    port: int
    web_port: int

    @property
    def api(self) -> str:
        """Return the address of Prefect's API."""
        return f"http://{_bracketed(self.host)}:{self.port}/api"

    @property
    def ui(self) -> str:
        """Return the address of Prefect's pages."""
        return f"http://{_bracketed(self.host)}:{self.port}"

    @property
    def pages(self) -> str:
        """Return the address of our own pages."""
        return f"http://{_bracketed(self.host)}:{self.web_port}"


def serve(settings: Settings, clock: Clock, places: Places, stop: threading.Event, say: Say) -> None:
    """Serve until told to stop, then stop everything that was started.

    1. What a killed `manad serve` of this home has left is stopped.
    2. The database, with one of its own for Prefect; then Prefect's server.
    3. The pool, the deployments and the automations, the same ones again at every start.
    4. The worker and the pages. What ends by itself from now on is started again, the database too.
    Raises ServeError when any of it doesn't start, and UsageError.
    """
    settings.check_addresses()
    with open_installation(settings, clock), server_database(settings) as database:
        environment = server_environment(settings, places, database.url)
        Path(environment["TMPDIR"]).mkdir(parents=True, exist_ok=True)
        processes = Processes(settings.home, settings.code, environment, clock)
        if left := processes.stop_left_over():
            say(f"Stoppade {left} processer som en avbruten manad serve hade lämnat.")
        for port in (places.port, places.web_port):
            _must_be_free(places.host, port)
        try:
            _start_all(processes, places, stop, say)
            say(f"Prefect:    {places.ui}")
            say(f"Webbsidor:  {settings.base_url or places.pages}")
            say(f"Inkorgen:   {settings.inbox}")
            say(f"Loggar:     {settings.home / 'logs'}")
            say("Ctrl-C stoppar.")
            keep_serving(processes, database.keep, clock, stop, say)
        except _ToldToStopError:
            pass
        finally:
            processes.stop()
    say("Allt är stoppat.")


def server_environment(settings: Settings, places: Places, database: str) -> dict[str, str]:
    """Return what Prefect's server and worker are told; nothing leaves the machine.

    Raises UsageError when others reach the server and no password is given.
    """
    values = {
        "MANAD_HOME": str(settings.home),
        "MANAD_CODE": str(settings.code),
        "MANAD_BASE_URL": settings.base_url or places.pages,
        "PREFECT_HOME": str(settings.home / "prefect"),
        "TMPDIR": str(settings.home / "prefect" / "tmp"),  # in /tmp another account's worker owns the folder
        "PREFECT_API_URL": places.api,
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": database,
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(settings.home / "prefect" / "ui"),
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": ",".join(_own_origins(places)),  # no other page commands us
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "5",
        "DO_NOT_TRACK": "1",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
        "PREFECT_WORKER_QUERY_SECONDS": "2",
        "PYTHONPATH": str(settings.code),
    }
    if settings.prefect_auth_file is not None:
        secret = read_secret("MANAD_PREFECT_AUTH_FILE", settings.prefect_auth_file)
        if not secret.isascii() or not all(secret.partition(":")):
            raise UsageError(
                "MANAD_PREFECT_AUTH_FILE ska ha en rad, namn:lösenord, utan å, ä, ö och andra sådana tecken: "
                "Prefects server klarar inte dem."
            )
        values |= {"PREFECT_SERVER_API_AUTH_STRING": secret, "PREFECT_API_AUTH_STRING": secret}
    if not _is_loopback(places.host):
        if settings.prefect_auth_file is None:
            raise UsageError(
                f"{places.host} kan nås av andra: skriv namn:lösenord i en fil och peka ut den med "
                "MANAD_PREFECT_AUTH_FILE, eller använd 127.0.0.1."
            )
        values["PREFECT_SERVER_CSRF_PROTECTION_ENABLED"] = "true"
    return environment_with(values)


def _own_origins(places: Places) -> list[str]:
    """Return where Prefect's pages may be opened: whoever writes localhost means this machine too."""
    return [places.ui, *([f"http://localhost:{places.port}"] if _is_loopback(places.host) else [])]


def _start_all(
    processes: Processes,
    places: Places,
    stop: threading.Event,
    say: Say,
) -> None:
    say("Startar Prefects server …")
    server = ("prefect", "server", "start", "--host", places.host, "--port", str(places.port))
    _until_it_answers(processes.start("prefect", *server), f"{places.api}/health", stop)
    say("Lägger upp flöden och bevakning …")
    _set_up(processes, stop)
    processes.start(
        "worker", "prefect", "worker", "start", "--pool", POOL, "--type", "process", "--limit", AT_ONCE
    )
    web = processes.start("web", "flows", "web", "--host", places.host, "--port", str(places.web_port))
    _until_it_answers(web, f"{places.pages}/halsa", stop)


def _until_it_answers(served: Served, address: str, stop: threading.Event) -> None:
    for _ in range(int(START_SECONDS / PAUSE)):
        if answers(address):
            return
        if served.process.poll() is not None:
            break
        _pause(stop)
    raise ServeError(f"{served.name} startar inte: se {served.log}.")


def _set_up(processes: Processes, stop: threading.Event) -> None:
    done = processes.start("set_up", "flows.serving.set_up_server", stays=False)
    while done.process.poll() is None:
        _pause(stop)
    if done.process.returncode:
        output = done.log.read_text(encoding="utf-8", errors="replace").strip().splitlines() or [""]
        raise ServeError(f"Flödena kunde inte läggas upp: {output[-1]} (se {done.log})")


def _pause(stop: threading.Event) -> None:
    """Wait a moment. Raises _ToldToStopError when told to stop meanwhile."""
    if stop.wait(PAUSE):
        raise _ToldToStopError


def _must_be_free(host: str, port: int) -> None:
    """Raise UsageError for a port that somebody else serves on: it would be taken for ours."""
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            return
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) else "portar går till 65535"
        raise UsageError(
            f"{host} port {port} går inte att öppna ({reason}). Välj andra med --port och --web-port."
        ) from error


def _is_loopback(host: str) -> bool:
    return host in ("localhost", "127.0.0.1", "::1")


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
