"""The client of the search server, with short patience and errors that say nothing of what was asked."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Any, TypeVar, cast

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from search.backends import EngineDown

Answer = TypeVar("Answer")

# Somebody waits: all requests of one search together, in seconds. The database answers after that.
SEARCH_SECONDS = 0.7
# So long a request may go on that nobody waits for any more: a server that was just started gets warm by it.
LINGER_SECONDS = 5.0
# The worker waits: to find out whether the server is there, and for one request that writes.
GREETING_SECONDS = 2.0
WRITE_SECONDS = 15.0


class IndexMissing(EngineDown):
    """The server is there, and the index is not."""


def connect(urls: tuple[str, ...]) -> Elasticsearch:
    """Return a client that neither retries nor waits long; it connects with the first request."""
    return Elasticsearch(
        list(urls),
        request_timeout=LINGER_SECONDS,
        max_retries=0,
        retry_on_timeout=False,
        # With one node there is no other to try; with several, one that failed is asked again soon.
        dead_node_backoff_factor=1,
        max_dead_node_backoff=5,
    )


@contextmanager
def answering() -> Iterator[None]:
    """Turn whatever the server or the network does into `EngineDown`.

    The server's own messages quote queries: they go no further than this.
    """
    try:
        yield
    except NotFoundError:
        raise IndexMissing("its index is missing") from None
    except ApiError as error:
        raise EngineDown(f"status {error.status_code}") from None
    except TransportError as error:
        raise EngineDown(type(error).__name__) from None
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise EngineDown(f"an answer that cannot be read: {type(error).__name__}") from None


class Patience:
    """The time that is left of one search."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until = clock() + seconds

    def left(self) -> float:
        """Return the seconds that are left. Raises `EngineDown` when there are none."""
        seconds = self._until - self._clock()
        if seconds <= 0.01:
            raise EngineDown("it is too slow")
        return seconds


def ask(client: Elasticsearch, patience: Patience, indexes: list[str], body: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to a search of all these indexes, or raise `EngineDown`: half an answer is none."""
    seconds = patience.left()
    patient = client.options(request_timeout=seconds)
    return within(seconds, lambda: dict(patient.search(index=indexes, allow_partial_search_results=False, **body).body))


def within(seconds: float, request: Callable[[], Answer]) -> Answer:
    """Return what a request answers, or raise `EngineDown` after so many seconds.

    The client's own limit is one between two pieces of an answer: a server that sends a little all the time would
    hold the reader as long as it likes. Here it holds a thread that nobody waits for.
    """
    answers: SimpleQueue[tuple[Answer | None, EngineDown | None]] = SimpleQueue()

    def send() -> None:
        try:
            with answering():
                answers.put((request(), None))
        except EngineDown as problem:
            answers.put((None, problem))

    threading.Thread(target=send, name="search", daemon=True).start()
    try:
        answer, problem = answers.get(timeout=seconds)
    except Empty:
        raise EngineDown("it is too slow") from None
    if problem is not None:
        raise problem
    return cast("Answer", answer)
