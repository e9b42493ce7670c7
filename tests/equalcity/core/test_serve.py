"""Ports and answers, with real sockets."""

import http.server
import socket
import threading
from collections.abc import Iterator

import pytest

from equalcity.core.serve import answers, port_is_free


class Site(http.server.BaseHTTPRequestHandler):
    """Alive under the name `equalcity.example`, and under no other."""

    def do_GET(self) -> None:
        alive = self.path == "/healthz" and self.headers["Host"] == "equalcity.example"
        self.send_response(200 if alive else 400)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site_port() -> Iterator[int]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def test_a_port_is_free_until_somebody_listens() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        assert port_is_free(port) is False
    assert port_is_free(port) is True


def test_a_site_answers_under_its_name(site_port: int) -> None:
    assert answers(f"http://127.0.0.1:{site_port}", "equalcity.example") is True


def test_another_name_is_no_answer(site_port: int) -> None:
    assert answers(f"http://127.0.0.1:{site_port}") is False


def test_silence_is_no_answer(site_port: int) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        free = listener.getsockname()[1]
    assert answers(f"http://127.0.0.1:{free}") is False
