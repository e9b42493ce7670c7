"""The client: one kept connection to each worker, each asking again as soon as it was answered.

It writes bytes that were made before and reads bytes without looking into them, so that it takes little of the
processors that the servers need; how much it took is measured and printed.
"""

import random
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from benchmarks.environment import HOST, WORKER_HEADER, CannotMeasure

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
NAMED = re.compile(rb"\r\n" + WORKER_HEADER.encode() + rb": *(\d+)", re.IGNORECASE)
TRIES = 200
# Callers come from many addresses, as readers of a public API do: the throttle counts each of them.
CALLERS = 250


@dataclass
class Measured:
    """What one round gave: how long each request took, and the round as a whole."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    received: int = 0
    own_processor: float = 0.0
    servers_processor: float = 0.0

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds


def request(address: str, caller: int) -> bytes:
    """Return the bytes of a request as a proxy sends it on."""
    return (
        f"GET {address} HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n"
        f"X-Forwarded-For: 10.0.0.{caller}\r\nAccept: application/json\r\n\r\n"
    ).encode("ascii")


def requests(addresses: Iterator[str], chance: random.Random) -> Iterator[bytes]:
    for address in addresses:
        yield request(address, chance.randrange(CALLERS))


class Connection:
    """A kept connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = bytearray(1 << 20)
        self.head = b""

    def exchange(self, wanted: bytes) -> int:
        """Send one request and read its whole answer; return its length. Raises `CannotMeasure` unless it is a 200."""
        return len(self._exchange(wanted, keep=False))

    def ask(self, address: str) -> bytes:
        """Return the body of an answer."""
        return bytes(self._exchange(request(address, 251), keep=True))

    def _exchange(self, wanted: bytes, *, keep: bool) -> "memoryview | bytes":
        self.socket.sendall(wanted)
        view, filled, end = memoryview(self.buffer), 0, -1
        while end < 0:
            filled += self._receive(view[filled:])
            end = self.buffer.find(b"\r\n\r\n", 0, filled)
        self.head = bytes(view[: end + 2])
        if not self.head.startswith(b"HTTP/1.1 200 "):
            raise CannotMeasure(f"Answered {self.head[:60]!r} to {wanted.splitlines()[0]!r}")
        found = LENGTH.search(self.head)
        if found is None:
            raise CannotMeasure("An answer does not say how long it is.")
        total = end + 4 + int(found[1])
        if total > len(self.buffer):
            view.release()
            self.buffer.extend(bytes(total - len(self.buffer)))
            view = memoryview(self.buffer)
        while filled < total:
            filled += self._receive(view[filled:total])
        return bytes(view[end + 4 : total]) if keep else view[end + 4 : total]

    def _receive(self, into: memoryview) -> int:
        got = self.socket.recv_into(into)
        if not got:
            raise CannotMeasure("The server closed the connection.")
        return got

    @property
    def worker(self) -> int:
        """Return which process gave the last answer."""
        found = NAMED.search(self.head)
        if found is None:
            raise CannotMeasure("An answer does not name its worker.")
        return int(found[1])

    def close(self) -> None:
        self.socket.close()


def one_to_each_worker(port: int, workers: int, address: str) -> list[Connection]:
    """Open connections until there is one to each worker. Raises `CannotMeasure`."""
    found: dict[int, Connection] = {}
    spare = []
    for _try in range(TRIES):
        connection = Connection(port)
        connection.ask(address)
        if connection.worker in found:
            # Kept open for now: a worker that holds more connections is less likely to get the next.
            spare.append(connection)
        else:
            found[connection.worker] = connection
        if len(found) == workers:
            break
    for connection in spare:
        connection.close()
    if len(found) < workers:
        raise CannotMeasure(f"Only {len(found)} of {workers} workers answer.")
    return list(found.values())


def run(
    connections: list[Connection], streams: list[Iterator[bytes]], seconds: float, processor: Callable[[], float]
) -> Measured:
    """Ask on every connection for so long, or until its stream ends; `processor` tells what the servers used."""
    measured = Measured()
    failures: list[BaseException] = []
    lock = threading.Lock()
    servers_before, own_before, began = processor(), time.process_time(), time.perf_counter()
    deadline = began + seconds

    def work(connection: Connection, stream: Iterator[bytes]) -> None:
        latencies, received = [], 0
        try:
            sent = time.perf_counter()
            for wanted in stream:
                received += connection.exchange(wanted)
                answered = time.perf_counter()
                latencies.append(answered - sent)
                if answered >= deadline:
                    break
                sent = answered
        except BaseException as error:
            failures.append(error)
        with lock:
            measured.latencies += latencies
            measured.received += received

    threads = [threading.Thread(target=work, args=pair) for pair in zip(connections, streams, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    measured.seconds = time.perf_counter() - began
    measured.own_processor = time.process_time() - own_before
    measured.servers_processor = processor() - servers_before
    if failures:
        raise failures[0]
    return measured
