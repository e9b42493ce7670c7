"""What the web server writes down when a visitor's request goes wrong."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
APPLICATION = """
def application(environ, start_response):
    broken = "x" + chr(10) + "y" if environ["PATH_INFO"] != "/healthz" else "fine"
    start_response("200 OK", [("X-Answer", broken)])
    return [b""]
"""


def ask(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(request)
        return connection.recv(4096)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """Run gunicorn with our log around an application that sends a broken header."""
    (tmp_path / "broken.py").write_text(APPLICATION, "utf-8")
    log = tmp_path / "log"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "broken", f"--bind=127.0.0.1:{port}", "--no-control-socket"]
    log_class = "--logger-class=equalcity.core.server_log.ServerLog"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, log_class, f"--pythonpath={tmp_path},{ROOT / 'site'}"], stderr=output, cwd=tmp_path
        )
        try:
            for _attempt in range(100):
                try:
                    ask(port, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    break
                except OSError:
                    time.sleep(0.1)
            yield port, log
        finally:
            process.terminate()
            process.wait(20)


def test_a_malformed_request_leaves_neither_address_nor_text(server: tuple[int, Path]) -> None:
    port, log = server
    answer = ask(port, b"G@T /shelter?q=fear HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert answer.split(b"\r\n")[0] == b"HTTP/1.1 400 Bad Request"
    said = log.read_text("utf-8")
    assert "A malformed request was refused." in said
    assert [trace for trace in ("ip=", "shelter", "fear", "G@T") if trace in said] == []


def test_a_failing_request_leaves_a_traceback_and_no_address(server: tuple[int, Path]) -> None:
    port, log = server
    ask(port, b"GET /shelter?q=fear HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    said = log.read_text("utf-8")
    assert "Error handling a request" in said
    assert "Traceback" in said
    assert [trace for trace in ("shelter", "fear") if trace in said] == []
