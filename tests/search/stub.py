"""A socket that is no search server: it refuses, hangs, talks nonsense, or says that it is broken."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

HEAD = "HTTP/1.1 {status}\r\nX-Elastic-Product: Elasticsearch\r\nContent-Type: application/json\r\n"
QUERY = "the query was zeppelin"

# What it answers: the pieces, with a pause before each, and whether it then keeps the connection.
BEHAVIOURS: dict[str, tuple[list[str], float, bool]] = {
    "hangs": ([], 0, True),
    "closes": ([], 0, False),
    "says 500": (
        [HEAD.format(status="500 Oh"), f'Content-Length: 41\r\n\r\n{{"error":{{"reason":"{QUERY}"}}}}'],
        0,
        False,
    ),
    "says 429": ([HEAD.format(status="429 No"), "Content-Length: 2\r\n\r\n{}"], 0, False),
    "talks nonsense": (["zeppelin\r\n\r\nzeppelin"], 0, False),
    "is another server": (
        ["HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"],
        0,
        False,
    ),
    "answers what nobody asked": ([HEAD.format(status="200 OK"), "Content-Length: 2\r\n\r\n{}"], 0, False),
    "stops in the middle": ([HEAD.format(status="200 OK"), "Content-Length: 200\r\n\r\n{"], 0, True),
    "trickles": ([HEAD.format(status="200 OK"), "Content-Length: 400\r\n\r\n", *"{" * 300], 0.2, True),
}


@contextlib.contextmanager
def stub(behaviour: str) -> Iterator[tuple[str, list[float]]]:
    """Listen on a loopback port; yield the address and the times at which somebody connected."""
    pieces, pause, stays = BEHAVIOURS[behaviour]
    connected: list[float] = []
    ended = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def serve(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.settimeout(5)
            connection.recv(65536)
            for piece in pieces:
                if ended.wait(pause):
                    return
                connection.sendall(piece.encode())
            if stays:
                ended.wait(30)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _address = listener.accept()
                connected.append(time.monotonic())
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", connected
    finally:
        ended.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)
