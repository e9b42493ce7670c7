"""Where the time goes, request kind by request kind: Python by function, SQL by query, both in this process."""

import cProfile
import io
import pstats
import random
import time
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from benchmarks import publish
from benchmarks.cases import CASES, Case, Content
from benchmarks.environment import HOST, ROOT
from benchmarks.pull import FEED_LIMIT
from equalcity.publication import marks
from equalcity.publication.record import record

ROUNDS = 100
WARM = 20
TOP = 25
PUBLISHES = 20


def ask(application: WSGIHandler, address: str) -> bytes:
    """Ask the application as a web server would; return the body. Raises `AssertionError` unless it is a 200."""
    parts = urlsplit(address)
    seen: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SERVER_NAME": HOST,
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": HOST,
        "HTTP_X_FORWARDED_PROTO": "https",
        "HTTP_X_FORWARDED_FOR": f"10.0.0.{random.randrange(250)}",  # noqa: S311
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
    }
    answer = application(environ, lambda status, headers, *rest: seen.append(status))
    body = b"".join(answer)
    answer.close()
    if not seen[0].startswith("200"):
        raise AssertionError(f"{seen[0]} for {address}: {body[:300]!r}")
    return body


def everything(content: Content, say: Callable[[str], None]) -> None:
    """Say where the time goes for each kind of request, for a pull and for a publish."""
    from equalcity.wsgi import application

    for case in CASES:
        say(f"=== {case.title}\n{profile(application, stream(case, content))}")
    say(f"=== One answer of the feed\n{profile(application, feed_stream(), 10)}")
    for name in ("summary", "title"):
        say(f"=== Publish after an edit of {name}\n{profile_publish(content, name)}")


def stream(case: Case, content: Content) -> Callable[[], str]:
    """Return a source of addresses of one kind."""
    chance = random.Random(f"profile/{case.name}")  # noqa: S311
    return lambda: case.draw(chance, content)[0]


def feed_stream() -> Callable[[], str]:
    """Return a source of addresses of full answers of the feed, from anywhere in it."""
    from equalcity.publication import feed

    chance, now = random.Random("profile/feed"), feed.state()  # noqa: S311

    def draw() -> str:
        start = feed.Cursor(now.instance, now.epoch, chance.randrange(max(1, now.seq - FEED_LIMIT)))
        return f"/api/v2/changes/?limit={FEED_LIMIT}&after={feed.encode(start)}"

    return draw


def profile_publish(content: Content, name: str) -> str:
    """Return where the time of a publish goes, with our receivers and without."""
    chosen = content.practices[:: max(1, len(content.practices) // PUBLISHES)][:PUBLISHES]
    told = ""
    for turn in ("stock", "ours"):
        publish.publish_once(turn, name, chosen[0], "first")
        record()
        profiler, timers, walls = cProfile.Profile(), [], []
        for number, pk in enumerate(chosen):
            page = publish.edited(name, pk, f"profile {number}")
            timer = SqlTimer()
            with publish.stock_receivers() if turn == "stock" else nullcontext(), connection.execute_wrapper(timer):
                walls.append(publish.timed(page, profiler))
            timers.append(timer)
            record()
        sql = middle(sum(took for took, _text in timer.queries) for timer in timers)
        queries = middle(float(len(timer.queries)) for timer in timers)
        told += f"{turn}: median {middle(walls) * 1000:.1f} ms with the profiler, of which "
        told += f"SQL {sql * 1000:.1f} ms in {queries:.0f} queries\n"
    with marks.recording_postponed():
        marks.mark_pages(list(chosen))
    record()
    return told + tables(profiler, len(chosen))


def tables(profiler: cProfile.Profile, rounds: int) -> str:
    """Return the functions that cost most in milliseconds a round: ours with what they call, then all without."""
    rows = []
    for (file, line, name), (_primitive, calls, own, cumulative, _callers) in pstats.Stats(profiler).stats.items():  # type: ignore[attr-defined]
        where = f"{name} ({short(file)}:{line})" if file != "~" else name
        rows.append((cumulative * 1000 / rounds, own * 1000 / rounds, calls / rounds, where, is_ours(file)))
    lines = ["    all ms    own ms     calls  ours, with what they call"]
    lines += [written(row) for row in sorted((row for row in rows if row[4]), reverse=True)[:TOP]]
    lines += ["", "    all ms    own ms     calls  everything, by what it takes itself"]
    lines += [written(row) for row in sorted(rows, key=lambda row: -row[1])[:TOP]]
    return "\n".join(lines) + "\n"


def written(row: tuple[float, float, float, str, bool]) -> str:
    return f"{row[0]:10.3f}{row[1]:10.3f}{row[2]:10.1f}  {row[3]}"


def short(file: str) -> str:
    return "/".join(Path(file).parts[-3:])


def is_ours(file: str) -> bool:
    return file.startswith(str(ROOT)) and "/benchmarks/" not in file and "/.venv/" not in file


@dataclass(frozen=True)
class Costs:
    """What one request costs in this process, as medians; `queries` are those of the last request with their times."""

    wall: float
    sql: float
    size: int
    queries: list[tuple[float, str]]

    def __str__(self) -> str:
        return (
            f"{self.wall * 1000:.2f} ms, of which SQL {self.sql * 1000:.2f} ms in {len(self.queries)} queries; "
            f"{self.size:,} bytes"
        )


def costs(application: WSGIHandler, addresses: Callable[[], str], rounds: int = ROUNDS) -> Costs:
    """Ask some times; return what one request costs."""
    for _round in range(min(rounds, WARM)):
        ask(application, addresses())
    walls, sql, sizes = [], [], []
    timer = SqlTimer()
    for _round in range(rounds):
        timer = SqlTimer()
        with connection.execute_wrapper(timer):
            began = time.perf_counter()
            sizes.append(len(ask(application, addresses())))
            walls.append(time.perf_counter() - began)
        sql.append(sum(took for took, _text in timer.queries))
    return Costs(middle(walls), middle(sql), round(middle(float(size) for size in sizes)), timer.queries)


def profile(application: WSGIHandler, addresses: Callable[[], str], rounds: int = ROUNDS) -> str:
    """Return, as text, how long one request takes, what of it is SQL, and the functions that cost most."""
    found = costs(application, addresses, rounds)
    profiler = cProfile.Profile()
    profiler.enable()
    for _round in range(rounds):
        ask(application, addresses())
    profiler.disable()
    queries = "".join(f"  {took * 1000:6.2f} ms  {text[:160]}\n" for took, text in found.queries)
    return f"{found}\n{queries}{tables(profiler, rounds)}"


class SqlTimer:
    """Times every query of the connection that it wraps."""

    def __init__(self) -> None:
        self.queries: list[tuple[float, str]] = []

    def __call__(self, execute: Callable[..., Any], statement: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(statement, params, many, context)
        finally:
            self.queries.append((time.perf_counter() - began, statement))


def middle(values: Iterable[float]) -> float:
    ordered = sorted(values)
    return ordered[len(ordered) // 2]
