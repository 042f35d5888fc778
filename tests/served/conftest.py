"""One `manad serve` for the tests of a file, behind a password, beside a mail server and a webhook."""

import shutil
import tempfile
from pathlib import Path

import pytest

from tests.mails.smtp_servers import Sink, serving
from tests.served.hook import a_hook
from tests.served.installation import Serving


@pytest.fixture(scope="module")
def served():
    home = Path(tempfile.mkdtemp(prefix="manad-serve-"))
    home.chmod(0o755)
    sink = Sink()
    with serving(sink) as port, a_hook() as (address, told):
        manad = Serving(home, f"smtp://127.0.0.1:{port}", extra={"MANAD_WEBHOOK_URL": address})
        manad.lock("drift", "a long password")
        manad.sink, manad.hooks = sink, told
        try:
            manad.start()
            yield manad
        finally:
            if manad.process.poll() is None:
                manad.stop()
            print("\n".join(["", *manad.timeline]))  # noqa: T201
    shutil.rmtree(home, ignore_errors=True)
