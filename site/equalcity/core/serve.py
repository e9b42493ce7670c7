"""Serve the site on one machine: web server, task worker and timer as children of one process."""

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from types import FrameType
from urllib.parse import urlsplit

HOST = "127.0.0.1"
START_SECONDS = 90
STOP_SECONDS = 15
PR_SET_PDEATHSIG = 1

WEB = [
    "gunicorn",
    "equalcity.wsgi",
    "--workers=2",
    "--worker-class=gthread",
    "--threads=4",
    "--timeout=60",
    "--graceful-timeout=10",
    "--log-level=warning",
    "--logger-class=equalcity.core.server_log.ServerLog",
    "--no-control-socket",
]
WORKER = ["equalcity", "db_worker", "--no-reload", "--verbosity=0"]
PERIODIC = ["equalcity", "periodic"]


class ServeError(Exception):
    """The site could not be served, or one of its processes ended by itself; the text is for a person."""


def port_is_free(port: int) -> bool:
    """Return whether a server can listen on this loopback port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def answers(address: str, host: str = "") -> bool:
    """Return whether a site at `address` says that it is alive; `host` is the name to ask for, if another."""
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    try:
        with closing(kind(parts.hostname or "", parts.port, timeout=5)) as connection:
            connection.request("GET", "/healthz", headers={"Host": host} if host else {})
            return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False


def serve(port: int, host: str, when_ready: Callable[[], None]) -> None:
    """Run all processes until a signal asks them to end or one ends by itself.

    `host` is the name under which the site is asked whether it is alive; `when_ready` is called when it is.
    Raises `ServeError` when the site does not come up or a process ends unasked.
    """
    asked_to_stop = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal asked_to_stop
        asked_to_stop = True

    previous = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    children = {
        "web server": start([*WEB, f"--bind={HOST}:{port}"]),
        "task worker": start(WORKER),
        "timer": start(PERIODIC),
    }
    deadline = time.monotonic() + START_SECONDS
    ready = False
    try:
        while not asked_to_stop:
            for name, child in children.items():
                if child.poll() is not None:
                    raise ServeError(f"The {name} ended by itself; what it said stands above.")
            if not ready and answers(f"http://{HOST}:{port}", host):
                ready = True
                when_ready()
            if not ready and time.monotonic() > deadline:
                raise ServeError(f"The site did not answer within {START_SECONDS} seconds.")
            time.sleep(0.2)
    finally:
        end(list(children.values()))
        for number, handler in previous.items():
            signal.signal(number, handler)


def start(module: list[str]) -> subprocess.Popen[bytes]:
    """Start `python -m module` so that it finds what this process finds, and does not outlive it."""
    return subprocess.Popen(
        [sys.executable, "-m", *module],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        # A group of its own: Ctrl-C reaches this process alone, which then asks each child once.
        process_group=0,
        preexec_fn=end_with_parent if sys.platform == "linux" else None,  # safe: there are no threads
    )


def end_with_parent() -> None:
    """Ask the kernel to end this process when its parent is gone, however that went."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def end(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask every child to end, and make those end that do not within `STOP_SECONDS`."""
    for child in children:
        child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
