"""A real server on a database of its own, a site that Exit can lead to, and the system's Chromium."""

import http.server
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests import prepared

ROOT = Path(__file__).resolve().parents[2]
MANAGE = [sys.executable, str(ROOT / "manage.py")]
START_SECONDS = 60
# The system's Chromium, with the back/forward cache that Playwright would switch off.
LAUNCH: dict[str, Any] = {
    "executable_path": shutil.which("chromium"),
    "args": [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ],
    "ignore_default_args": ["--disable-back-forward-cache"],
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Elsewhere:
    """A harmless site that Exit leads to; it remembers what browsers told it, and `/hang/` never answers."""

    url: str
    referrers: list[str | None] = field(default_factory=list)
    release: threading.Event = field(default_factory=threading.Event)


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[Elsewhere]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/hang/"):
                there.release.wait(60)
            if self.path != "/favicon.ico":
                there.referrers.append(self.headers.get("Referer"))
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            try:
                self.wfile.write(b"<title>Weather</title><p>Sunny.")
            except BrokenPipeError:
                self.close_connection = True

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    there = Elsewhere(f"http://127.0.0.1:{server.server_port}/weather/")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield there
    there.release.set()
    server.shutdown()
    server.server_close()


@dataclass(frozen=True)
class Site:
    url: str
    home: Path

    def lead_exit_to(self, address: str) -> None:
        """Change where Exit leads, as staff would, by the file that every page reads."""
        known = {"lines": [], "exit_url": address, "contact_phone": ""}
        (self.home / "help-lines.json").write_text(json.dumps(known), "utf-8")


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory, elsewhere: Elsewhere) -> Iterator[Site]:
    seed = [sys.executable, str(ROOT / "tests/browser/seed.py")]
    home = tmp_path_factory.mktemp("browser")
    prepared.new_instance(home)
    with serving(home, seed, EXIT_URL=elsewhere.url) as site:
        yield site


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the whole demonstration."""
    home = tmp_path_factory.mktemp("demonstration")
    shutil.copytree(prepared.demonstration(), home, dirs_exist_ok=True)
    # Documents hold the address of their site, which is another one now.
    move, record = ([*MANAGE, command, "--verbosity=0"] for command in ("init_site", "record_publications"))
    with serving(home, move, record) as site:
        yield site


@contextmanager
def serving(home: Path, *fill: list[str], **settings: str) -> Iterator[Site]:
    """Give the migrated instance in `home` what it needs, and serve it."""
    port = free_port()
    site = Site(f"http://127.0.0.1:{port}", home)
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "equalcity.settings.dev",
        "EQUALCITY_HOME": str(home),
        "SITE_URL": site.url,
        **settings,
    }
    for command in ([*MANAGE, "collectstatic", "--noinput", "--verbosity=0"], *fill):
        subprocess.run(command, env=environment, check=True, capture_output=True, cwd=ROOT)
    gunicorn = [sys.executable, "-m", "gunicorn", "equalcity.wsgi", "--pythonpath", str(ROOT / "site")]
    options = ["--bind", f"127.0.0.1:{port}", "--threads=4", "--log-level=error", "--no-control-socket"]
    with subprocess.Popen([*gunicorn, *options], env=environment, cwd=ROOT) as server:
        try:
            wait_for(f"{site.url}/healthz")
            yield site
        finally:
            server.terminate()


def wait_for(address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


@pytest.fixture
def site(running: Site, elsewhere: Elsewhere) -> Site:
    running.lead_exit_to(elsewhere.url)
    elsewhere.referrers.clear()
    elsewhere.release.clear()
    return running


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What starts browsers: there is one of it in a process."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The browser that the tests share."""
    browser = playwright.chromium.launch(**LAUNCH)
    yield browser
    browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    yield context.new_page()
    context.close()
