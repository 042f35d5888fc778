"""A headless browser whose pages are read again and again, and an application on a port of this machine."""

import threading
import time
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from web.serve import server_config

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT_SECONDS = 20


class Reader:
    """A browser on an address where one application after another is served.

    A page that was read is kept for the next test: making one takes longer than most tests do.
    """

    def __init__(self, browser, address, stage):
        self.browser, self.address, self.stage = browser, address, stage
        self.idle = {True: [], False: []}

    @contextmanager
    def page(self, app, *, script):
        """Lend a page of a browser that runs scripts or doesn't, on an application; it remembers nothing."""
        self.stage.app = app
        page = self.idle[script].pop() if self.idle[script] else self._new(script)
        page.context.clear_cookies()
        page.emulate_media(color_scheme="light")
        yield page
        page.goto("about:blank")
        self.idle[script].append(page)

    def _new(self, script):
        return self.browser.new_context(base_url=self.address, java_script_enabled=script).new_page()


class Stage:
    """Serves the application that was put on it last."""

    app = None

    async def __call__(self, scope, receive, send):
        await self.app(scope, receive, send)


@contextmanager
def open_reader():
    stage = Stage()
    with served(stage) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield Reader(browser, address, stage)
        browser.close()


@contextmanager
def served(app):
    """Serve an application on a free port; lend its address."""
    server = uvicorn.Server(server_config(app, "127.0.0.1", 0))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        until = time.monotonic() + WAIT_SECONDS
        while not server.started:
            assert time.monotonic() < until
            threading.Event().wait(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(WAIT_SECONDS)
        assert not thread.is_alive()
