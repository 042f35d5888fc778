"""One `manad serve` for the tests of a file, with a mail server that keeps what it gets."""

import shutil
import tempfile
from pathlib import Path

import pytest

from tests.notifications.smtp_servers import Sink, serving
from tests.served.installation import Serving


@pytest.fixture(scope="module")
def served():
    home = Path(tempfile.mkdtemp(prefix="manad-serve-"))
    home.chmod(0o755)
    sink = Sink()
    with serving(sink) as port:
        manad = Serving(home, f"smtp://127.0.0.1:{port}")
        manad.sink = sink
        try:
            manad.start()
            yield manad
        finally:
            if manad.process.poll() is None:
                manad.stop()
            print("\n".join(["", *manad.timeline]))  # noqa: T201
    shutil.rmtree(home, ignore_errors=True)
