"""`manad serve` and `manad web`: everything, or the pages alone, until it is stopped."""

import signal
import threading
from argparse import Namespace

from flows.cli.exit_codes import DONE
from flows.serving.listeners import heard
from flows.serving.serve import Places, serve
from flows.terminal.terminal import say
from tasks.clock import Clock
from tasks.installation import open_installation
from tasks.settings import read_settings


def serve_command(arguments: Namespace) -> int:
    """Serve everything until Ctrl-C or SIGTERM."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    places = Places(arguments.host, arguments.port, arguments.web_port)
    serve(read_settings(), Clock(), places, stop, say)
    return DONE


def web_command(arguments: Namespace) -> int:
    """Serve the web pages until stopped; what is done there is told to Prefect's server, if one is known."""
    from web.app import create_app  # noqa: PLC0415 - `manad serve` serves them in a process of their own
    from web.serve import serve as serve_pages  # noqa: PLC0415

    with open_installation(read_settings(), Clock()) as opened, heard(opened) as installation:
        base_url = installation.settings.base_url
        address = base_url or f"http://{arguments.host}:{arguments.port}"
        serve_pages(
            create_app(installation, installation.clock.today),
            arguments.host,
            arguments.port,
            base_url=base_url,
            ready=lambda: say(f"Webbsidorna: {address}  (Ctrl-C stoppar)"),
        )
    return DONE
