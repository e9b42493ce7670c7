"""Everything a peer's server could do to us, done by a real server."""

import gzip
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from equalcity.replication import client as client_module
from equalcity.replication.client import (
    NoSuchFile,
    PeerAnsweredNonsense,
    PeerClient,
    PeerError,
    PeerGone,
    PeerRefused,
    PeerResyncNeeded,
    PeerUnreachable,
)
from tests.equalcity.replication.upstream import Answer, Upstream

JSON = {"Content-Type": "application/json"}
EMPTY = {"items": [], "next": "x", "more": False}


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Repeat at once what is tried again."""
    monkeypatch.setattr(client_module, "PAUSES", (0.0, 0.0))


def ask(upstream: Upstream, answer: Answer, seconds: float = 5) -> Any:
    upstream.misbehave = lambda path: answer
    with PeerClient(upstream.url, seconds=seconds) as peer:
        return peer.changes("", limit=10)


def problem(**members: Any) -> bytes:
    return json.dumps(members).encode()


NONSENSE: dict[str, tuple[Answer, str]] = {
    "html": ((200, {"Content-Type": "text/html; charset=utf-8"}, b"<h1>Welcome</h1>"), "with text/html instead"),
    "no type": ((200, {}, b"{}"), "something unnamed instead"),
    "cut off json": ((200, JSON, b'{"items": [{"seq": 1'), "cut off or damaged"),
    "empty": ((200, JSON, b""), "cut off or damaged"),
    "not an object": ((200, JSON, b"[]"), "'items' is missing"),
    "no cursor": ((200, JSON, b'{"items": [], "more": false}'), "'next' is missing"),
    "more is not a boolean": ((200, JSON, b'{"items": [], "next": "x", "more": 1}'), "'more' is missing or"),
    "deep": ((200, JSON, b'{"items":' + b"[" * 100 + b"]" * 100 + b"}"), "nested more than"),
    "abyss": ((200, JSON, b"[" * 100_000), "cut off or damaged"),
    "500": ((500, {}, b"oops"), "an error of its own"),
    "503": ((503, {}, b""), "an error of its own"),
    "302": ((302, {"Location": "http://169.254.169.254/latest/"}, b""), "which is not followed"),
    "301 to itself": ((301, {"Location": "/api/v2/changes/"}, b""), "which is not followed"),
    "404": ((404, {}, b""), "answered 404"),
    "brotli": ((200, {**JSON, "Content-Encoding": "br"}, b"x"), "an encoding that was not asked for"),
    "not gzip": ((200, {**JSON, "Content-Encoding": "gzip"}, b"x"), "not reachable|damaged|broke off"),
    "bad locale": ((400, JSON, problem(parameter="locale", detail="No such language.")), "No such language"),
    "400 without words": ((400, {}, b"<html>"), "nothing that can be read"),
}


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_named(upstream: Upstream, name: str) -> None:
    answer, words = NONSENSE[name]
    with pytest.raises(PeerError, match=words) as caught:
        ask(upstream, answer)
    assert len(str(caught.value)) < 600


STATUS = {
    (401, b""): PeerRefused,
    (403, b""): PeerRefused,
    (409, b""): PeerResyncNeeded,
    (400, problem(parameter="after", detail="Unknown.")): PeerResyncNeeded,
    (410, b""): PeerGone,
    (429, b""): PeerUnreachable,
}


@pytest.mark.parametrize(("status", "body"), STATUS)
def test_each_refusal_has_its_own_error(upstream: Upstream, status: int, body: bytes) -> None:
    with pytest.raises(STATUS[status, body]):
        ask(upstream, (status, JSON, body))


def test_a_passing_error_is_tried_again(upstream: Upstream) -> None:
    answers: list[Answer] = [(503, {}, b""), (502, {}, b""), (200, JSON, json.dumps(EMPTY).encode())]
    upstream.misbehave = lambda path: answers.pop(0)
    with PeerClient(upstream.url) as peer:
        assert peer.changes("", limit=10).next == "x"
    assert len(upstream.requests) == 3


def test_gzip_is_understood_and_a_bomb_is_not_swallowed(upstream: Upstream) -> None:
    packed = {**JSON, "Content-Encoding": "gzip"}
    assert ask(upstream, (200, packed, gzip.compress(json.dumps(EMPTY).encode()))).items == ()

    with pytest.raises(PeerAnsweredNonsense, match="more than 5 MB"):
        ask(upstream, (200, packed, gzip.compress(b" " * 30_000_000)))


def test_fewer_items_are_asked_for_when_an_answer_is_too_large(upstream: Upstream) -> None:
    limits: list[int] = []
    honest = upstream.answer

    def answer(path: str, asked: dict[str, str]) -> Answer:
        limits.append(int(asked["limit"]))
        return honest(path, asked) if limits[-1] < 10 else (200, JSON, b" " * 5_500_000)

    upstream.answer = answer  # type: ignore[method-assign]
    with PeerClient(upstream.url) as peer:
        peer.changes("", limit=100)
    assert limits == [100, 25, 6]


def test_the_key_is_sent_as_the_api_wants_it(upstream: Upstream) -> None:
    with PeerClient(upstream.url, key="ec_1") as peer:
        peer.changes("", limit=10)
    assert upstream.keys == ["Bearer ec_1"]


def test_a_missing_file_is_not_an_unreachable_peer(upstream: Upstream) -> None:
    with PeerClient(upstream.url) as peer, pytest.raises(NoSuchFile):
        peer.media("0" * 64)


# Slow and broken connections --------------------------------------------------------------------------------


@pytest.fixture
def raw() -> Iterator[Callable[[Callable[[socket.socket], None]], str]]:
    """A server that does with the connection what it is told; gives its address."""
    listeners = []

    def serve(behave: Callable[[socket.socket], None]) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)

        def accept() -> None:
            while True:
                try:
                    connection, _address = listener.accept()
                except OSError:
                    return
                with closing(connection):
                    try:
                        connection.recv(65536)
                        behave(connection)
                    except OSError:
                        continue

        threading.Thread(target=accept, daemon=True).start()
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    yield serve
    for listener in listeners:
        listener.close()


def drip(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
    while True:
        connection.sendall(b"X: y\r\n")
        time.sleep(0.05)


SLOW: dict[str, Callable[[socket.socket], None]] = {
    "says nothing": lambda connection: time.sleep(3),
    "headers without end": drip,
}


@pytest.mark.parametrize("name", SLOW)
def test_one_time_limit_holds_for_everything(raw: Callable[..., str], name: str) -> None:
    url = raw(SLOW[name])
    began = time.monotonic()
    with PeerClient(url, seconds=1) as peer, pytest.raises(PeerUnreachable, match="within 1 seconds"):
        peer.changes("", limit=10)
    assert time.monotonic() - began < 2.5


BROKEN: dict[str, Callable[[socket.socket], None]] = {
    "hangs up": lambda connection: None,
    "hangs up in the middle": lambda connection: connection.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
    ),
    "speaks something else": lambda connection: connection.sendall(b"220 mail.example.org ESMTP\r\n"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_connection_is_a_sentence(raw: Callable[..., str], name: str) -> None:
    with PeerClient(raw(BROKEN[name])) as peer, pytest.raises(PeerError, match="broke off in the middle"):
        peer.changes("", limit=10)


# Addresses -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url", ["http://example.org", "ftp://example.org", "file:///etc/passwd", "http://192.168.1.1", "example.org"]
)
def test_only_https_or_this_machine(url: str) -> None:
    with pytest.raises(PeerUnreachable, match="must start with https"):
        PeerClient(url)


def test_a_name_that_leads_to_an_internal_address_is_refused(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Also when only one of its addresses is internal: whoever owns the name would choose."""

    def resolve(host: str, port: int, **options: Any) -> list[Any]:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in ("93.184.216.34", "10.0.0.8")
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with PeerClient("https://partner.example") as peer, pytest.raises(PeerUnreachable, match=r"address 10\.0\.0\.8"):
        peer.changes("", limit=10)


def test_in_production_this_machine_is_internal_too(upstream: Upstream, settings: Any) -> None:
    settings.PEER_NETWORKS = []
    with PeerClient(upstream.url) as peer, pytest.raises(PeerUnreachable, match="internal address 127"):
        peer.changes("", limit=10)
    assert upstream.requests == []


def test_no_proxy_of_the_environment_comes_between(upstream: Upstream, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with PeerClient(upstream.url) as peer:
        assert peer.changes("", limit=10).items == ()
