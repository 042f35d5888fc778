"""`manad serve`."""

import signal
import threading
from argparse import Namespace

from flows.serving.serve import Places, serve
from flows.terminal.terminal import say
from tasks.clock import Clock
from tasks.settings import read_settings


def serve_command(arguments: Namespace) -> int:
    """Serve everything until Ctrl-C or SIGTERM."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    places = Places(arguments.host, arguments.port, arguments.web_port)
    serve(read_settings(), Clock(), places, stop, say)
    return 0
