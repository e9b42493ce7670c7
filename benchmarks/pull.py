"""Taking everything over: our feed to its end, beside slices of the stock list, each on one connection."""

import json
import re
import time
from contextlib import closing
from dataclasses import dataclass

from benchmarks.cases import LIMIT, PRACTICE, address
from benchmarks.load import Connection

NEXT = re.compile(rb'"next":"([^"]+)","more":(true|false)')
FEED_LIMIT = 500


@dataclass(frozen=True)
class Pulled:
    """What one pull gave. `whole` is False when it was a sample of evenly spread slices."""

    pages: int
    requests: int
    seconds: float
    received: int
    whole: bool = True

    @property
    def rate(self) -> float:
        """Pages a second."""
        return self.pages / self.seconds


def by_feed(port: int) -> Pulled:
    """Read the feed from its beginning to its end, as a follower does."""
    answers = []
    with closing(Connection(port)) as connection:
        connection.ask(f"/api/v2/changes/?limit={FEED_LIMIT}")
        began = time.perf_counter()
        after, more = "", True
        while more:
            body = connection.ask(f"/api/v2/changes/?limit={FEED_LIMIT}{after}")
            answers.append(body)
            found = NEXT.findall(body, max(0, len(body) - 300))
            cursor, goes_on = found[-1]
            after, more = f"&after={cursor.decode()}", goes_on == b"true"
        seconds = time.perf_counter() - began
    items = [item for body in answers for item in json.loads(body)["items"]]
    # Terms come along in the feed; stock has nothing like it, so they do not count.
    pages = sum(item["state"] == "live" and not item["type"].startswith("core.") for item in items)
    return Pulled(pages, len(answers), seconds, sum(map(len, answers)))


def by_list(port: int, total: int, most_requests: int, limit: int = LIMIT, *, shift: int = 0) -> Pulled:
    """Read the list of practices with all fields slice by slice; when that is too much, evenly spread slices."""
    offsets = list(range(0, total, limit))
    step = max(1, -(-len(offsets) // most_requests))
    chosen = offsets[shift % step :: step]
    answers = []
    with closing(Connection(port)) as connection:
        connection.ask(address(type=PRACTICE, fields="*", limit=limit, offset=0))
        began = time.perf_counter()
        for offset in chosen:
            answers.append(connection.ask(address(type=PRACTICE, fields="*", limit=limit, offset=offset)))
        seconds = time.perf_counter() - began
    pages = sum(len(json.loads(body)["items"]) for body in answers)
    return Pulled(pages, len(answers), seconds, sum(map(len, answers)), whole=step == 1)
