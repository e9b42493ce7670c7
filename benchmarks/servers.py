"""The web servers under load: the product's own gunicorn configuration, ours and stock alike."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.environment import HOST, ROOT, CannotMeasure
from equalcity.core.serve import WEB, end, end_with_parent

WORKERS = 2
START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running web server and the process that watches over its workers."""

    name: str
    port: int
    process: subprocess.Popen[bytes]


@contextmanager
def serving(environment: dict[str, str], ports: dict[str, int]) -> Iterator[dict[str, Server]]:
    """Run one server for each settings module of `ports`, by name; end them afterwards."""
    servers: dict[str, Server] = {}
    try:
        for name, port in ports.items():
            module = {"ours": "equalcity.settings.production", "stock": "benchmarks.stock_settings"}[name]
            servers[name] = Server(name, port, start({**environment, "DJANGO_SETTINGS_MODULE": module}, port))
        for server in servers.values():
            wait_for(server)
        yield servers
    finally:
        end([server.process for server in servers.values()])


def start(environment: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    """Start gunicorn as `equalcity run` starts it (`core/serve.py`), with the application that names its worker."""
    options = ["benchmarks.wsgi" if option == "equalcity.wsgi" else option for option in WEB]
    if f"--workers={WORKERS}" not in options:
        raise CannotMeasure(f"The product's web server is no longer started with {WORKERS} workers.")
    return subprocess.Popen(
        [sys.executable, "-m", *options, f"--bind=127.0.0.1:{port}", "--keep-alive=60"],
        env=environment,
        cwd=ROOT,
        process_group=0,
        preexec_fn=end_with_parent if sys.platform == "linux" else None,
    )


def wait_for(server: Server) -> None:
    """Return once the server answers. Raises `CannotMeasure`."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            raise CannotMeasure(f"The server of {server.name} ended by itself; what it said stands above.")
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)) as connection:
                connection.request(
                    "GET", "/api/v2/pages/?limit=1", headers={"Host": HOST, "X-Forwarded-Proto": "https"}
                )
                answer = connection.getresponse()
                if answer.status == http.HTTPStatus.OK:
                    return
                raise CannotMeasure(f"{server.name} answers {answer.status}: {answer.read(300)!r}")
        except (ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise CannotMeasure(f"The server of {server.name} did not answer within {START_SECONDS} seconds.")


def processor_seconds(pid: int) -> float:
    """Return the processor time of a process and of its children so far; 0 where the system does not say."""
    pids = [pid, *children(pid)]
    total = 0.0
    for one in pids:
        try:
            fields = Path(f"/proc/{one}/stat").read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def children(pid: int) -> list[int]:
    try:
        words = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
    except OSError:
        return []
    return [int(word) for word in words]
