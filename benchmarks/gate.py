"""`make bench`: the gate beside stock Wagtail, in short rounds that take turns.

Only one server is asked at a time, both have the same questions, and the medians of the rounds are compared.
`BENCH_PRACTICES` makes the content smaller, `BENCH_ROUNDS` and `BENCH_SECONDS` the rounds fewer and shorter,
`BENCH_PUBLISHES` the publishes fewer; `PROFILE=1` says where the time goes instead. `docs/benchmarks.md` tells more.
"""

import os
import random
import statistics
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from benchmarks import environment
from benchmarks.cases import CASES, Content, read_content
from benchmarks.environment import SEED, CannotMeasure

PORTS = {"ours": 0, "stock": 0}
PULL_REQUESTS = 60


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def setting(name: str, default: int) -> int:
    return int(os.environ.get(name) or default)


def main() -> int:
    """Measure and report; return the exit code: 1 when a ratio is missed, 2 when nothing can be measured."""
    practices = environment.practices()
    try:
        processes = environment.prepare(practices)
        from benchmarks import database

        database.ensure(practices, say)
        import django

        django.setup()
        if os.environ.get("PROFILE", "0") not in {"", "0"}:
            profile()
            return 0
        rows, about = measure(practices, processes)
    except CannotMeasure as error:
        sys.stderr.write(f"{error}\n")
        return 2
    from benchmarks import report

    folder = report.RESULTS if practices == environment.PRACTICES else environment.state_folder() / "results"
    say("\n" + report.write(rows, about, folder))
    return 0 if all(row.reached for row in rows) else 1


def measure(practices: int, processes: dict[str, str]) -> tuple[list[Any], dict[str, Any]]:
    """Measure everything; return the rows of the report and what is to be known of them."""
    from benchmarks import report, servers, verify

    content = read_content()
    ports = {name: free_port() for name in PORTS}
    with servers.serving(processes, ports) as running:
        say("Comparing answers ...")
        compared = verify.same_answers(ports["ours"], ports["stock"], content, SEED)
        say(f"{compared} answers of ours and of stock are the same.")
        rows = [measure_case(case, content, running) for case in CASES]
        rows += measure_pull(content, running)
    add_limits(rows, content)
    rows += measure_publish(content)
    about = report.about_machine() | about_run(practices, compared)
    return rows, about


def about_run(practices: int, compared: int) -> dict[str, Any]:
    from django.db import connection

    from equalcity.publication.models import Publication
    from search.backends import get_backend

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('fsync'), current_setting('jit')")
        version, fsync, jit = cursor.fetchone()
    live = Publication.objects.filter(kind="page", state="live")
    engine = get_backend()
    return {
        "database": f"PostgreSQL {version.split()[0]} on the same machine (fsync {fsync}, jit {jit}), defaults "
        "otherwise",
        "search": f"{engine.name}; stock searches in the database, whose index Wagtail made; ours reads each query "
        "with the model of meaning and compares it with vectors drawn at random, as to make them takes half an hour",
        "content": f"{live.count():,} published pages: {practices:,} generated practices in each of "
        f"{len(environment.LANGUAGES)} languages, all real translations, in the demonstration's toolboxes and guides",
        "seed": SEED,
        "servers": "one gunicorn for each side, 2 gthread workers with 4 threads as in production, keep-alive, "
        "no cache server, connections to the database kept; only one side is asked at a time",
        "stock": "the same project and database with the stock viewsets, the application and middleware of "
        "`wagtail start`, limit 20, no authentication classes; ours runs with all its middleware and its throttle",
        "client": "one process, one connection to each worker, closed loop",
        "rounds": f"{setting('BENCH_ROUNDS', 5)} of {setting('BENCH_SECONDS', 3)} s on each side in turn; "
        "medians of rounds are compared",
        "answers": f"{compared} pairs of answers were compared first and are the same",
    }


def measure_case(case: Any, content: Any, running: dict[str, Any]) -> Any:
    """Ask both sides in turn; return the row."""
    from benchmarks.report import Row

    rounds: dict[str, list[Any]] = {"ours": [], "stock": []}
    for number in range(setting("BENCH_ROUNDS", 5)):
        for name in ("ours", "stock") if number % 2 else ("stock", "ours"):
            rounds[name].append(one_round(case, content, running[name], number))
    rates = {name: statistics.median(one.rate for one in some) for name, some in rounds.items()}
    row = Row(
        case.name,
        case.title,
        "requests/s",
        rates["ours"],
        rates["stock"],
        at_least=case.target,
        details={
            name: value for side, some in rounds.items() for name, value in summary(side, some, case.pages).items()
        },
    )
    say(f"{case.title}: {row.ours:.0f} and {row.stock:.1f} requests/s, ratio {row.ratio:.2f}")
    return row


def add_limits(rows: list[Any], content: Content) -> None:
    """Note what one request of ours costs in one process without a web server: what there is of SQL and of bytes."""
    from benchmarks import profiles
    from equalcity.wsgi import application

    streams = {case.name: profiles.stream(case, content) for case in CASES} | {"pull": profiles.feed_stream()}
    for row in rows:
        if row.name in streams:
            found = profiles.costs(application, streams[row.name], 20 if row.name == "pull" else profiles.ROUNDS)
            row.details["in_process"] = str(found)


def one_round(case: Any, content: Any, server: Any, number: int) -> Any:
    from benchmarks import load, servers

    def addresses(stream: int) -> Iterator[str]:
        chance = random.Random(f"{SEED}/{case.name}/{number}/{stream}")  # noqa: S311
        which = 0 if server.name == "ours" else 1
        while True:
            yield case.draw(chance, content)[which]

    warm = next(addresses(99))
    connections = load.one_to_each_worker(server.port, servers.WORKERS, warm)
    try:
        for connection in connections:
            for _again in range(3):
                connection.ask(warm)
        # Made before the clock runs: more than can be asked.
        streams = [
            load.requests(addresses(stream), random.Random(stream))  # noqa: S311
            for stream in range(len(connections))
        ]
        pid = server.process.pid
        return load.run(connections, streams, setting("BENCH_SECONDS", 3), lambda: servers.processor_seconds(pid))
    finally:
        for connection in connections:
            connection.close()


def summary(side: str, rounds: list[Any], pages: int) -> dict[str, Any]:
    """Return latencies, sizes and processor shares of one side."""
    latencies = sorted(took for one in rounds for took in one.latencies)
    seconds = sum(one.seconds for one in rounds)
    asked = len(latencies)
    return {
        f"p50_{side}": round(latencies[asked // 2] * 1000, 2),
        f"p99_{side}": round(latencies[min(asked - 1, asked * 99 // 100)] * 1000, 2),
        f"requests_{side}": asked,
        f"rates_{side}": [round(one.rate, 1) for one in rounds],
        f"bytes_{side}": round(sum(one.received for one in rounds) / asked),
        f"client_cores_{side}": round(sum(one.own_processor for one in rounds) / seconds, 3),
        f"server_cores_{side}": round(sum(one.servers_processor for one in rounds) / seconds, 3),
    }


def measure_pull(content: Any, running: dict[str, Any]) -> list[Any]:
    """Pull everything by our feed and by our list, and slices of the stock list, in turn."""
    from benchmarks import pull
    from benchmarks.report import Row

    total = len(content.practices)
    found: dict[str, list[Any]] = {"feed": [], "list": [], "stock": []}
    for turn in range(3):
        found["stock"].append(pull.by_list(running["stock"].port, total, PULL_REQUESTS, shift=turn))
        found["feed"].append(pull.by_feed(running["ours"].port))
        found["list"].append(pull.by_list(running["ours"].port, total, PULL_REQUESTS, shift=turn))
    rates = {name: statistics.median(one.rate for one in some) for name, some in found.items()}
    feed, stock = found["feed"][0], found["stock"][0]
    slices = "every slice" if stock.whole else f"{stock.requests} evenly spread slices of the whole, three times"
    note = (
        f"ours: the feed from its beginning to its end, {feed.pages:,} pages and the terms in {feed.requests} answers, "
        f"{feed.received / 1e6:.0f} MB, {feed.seconds:.1f} s; stock: {slices}, 20 pages each; one connection"
    )
    rows = [
        Row(
            "pull", "Pull of everything: our feed, stock list", "pages/s", rates["feed"], rates["stock"], at_least=60,
            details={"note": note},
        ),
        Row("pull-list", "The same by our list, limit 20", "pages/s", rates["list"], rates["stock"]),
    ]  # fmt: skip
    for row in rows:
        say(f"{row.title}: {row.ours:.0f} and {row.stock:.1f} pages/s, ratio {row.ratio:.2f}")
    return rows


def measure_publish(content: Any) -> list[Any]:
    """Publish with and without recording, turn by turn, an edit of the text and one of the title."""
    from benchmarks import publish
    from benchmarks.report import Row

    rows = []
    times = setting("BENCH_PUBLISHES", 40)
    for name, title in (("summary", "Publish after an edit of the text"), ("title", "Publish after a new title")):
        found = publish.measure(name, content.practices, times)
        details = {
            "p50_ours": 1000 * statistics.median(found.ours),
            "p99_ours": 1000 * sorted(found.ours)[len(found.ours) * 99 // 100],
            "p50_stock": 1000 * statistics.median(found.stock),
            "p99_stock": 1000 * sorted(found.stock)[len(found.stock) * 99 // 100],
            "publishes": len(found.ours),
            "note": f"ours includes the recording of the page itself; what stands around it is left to the worker: "
            f"{statistics.median(found.left):.0f} marks, {1000 * statistics.median(found.later):.0f} ms",
        }
        row = Row(
            f"publish-{name}",
            title,
            "ms",
            1000 * statistics.median(found.ours),
            1000 * statistics.median(found.stock),
            at_most=1.5,
            details=details,
        )
        say(f"{row.title}: {row.ours:.0f} and {row.stock:.0f} ms, ratio {row.ratio:.2f}")
        rows.append(row)
    return rows


def profile() -> None:
    """Say where the time goes for each kind of request and for a publish."""
    from benchmarks import profiles

    profiles.everything(read_content(), say)


def free_port() -> int:
    import socket

    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
