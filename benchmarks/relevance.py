"""How well search finds: every engine that is there, beside stock Wagtail and chance, over the judged queries.

Each engine runs in a process and a test database of its own. A new engine needs one more line in `engines`: the
environment in which it is the last of `search.backends.engines`. `docs/search.md` says what is measured.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks import report
from benchmarks.environment import ROOT, CannotMeasure, database_url, search_server_url, server_url

# Nothing is timed here: an answer may take as long as a busy machine needs.
PATIENT = 60.0
# nDCG@10 that is asked for in every language.
GOALS = {"sqlite": 0.65, "postgresql": 0.65, "elasticsearch": 0.85}


def engines() -> dict[str, dict[str, str]]:
    """Return the environment of each engine that can be measured here."""
    # Django puts `test_` in front: not the database of tests that may run at the same time.
    found = {"sqlite": {"DATABASE_URL": ""}, "postgresql": {"DATABASE_URL": database_url(server_url(), "relevance")}}
    if address := search_server_url():
        found["elasticsearch"] = {
            "DATABASE_URL": database_url(server_url(), "relevance_elasticsearch"),
            "ELASTICSEARCH_URL": address,
        }
    return found


def measure() -> tuple[dict[str, Any], list[str]]:
    """Measure every engine; return what goes into the report, and the engines that miss the goal somewhere."""
    in_process_of_its_own("vectors", {"DATABASE_URL": ""})
    # Side by side: nothing here is timed.
    with ThreadPoolExecutor() as pool:
        running = {name: pool.submit(measure_one, name, environment) for name, environment in engines().items()}
    measured = {name: one.result() for name, one in running.items()}
    first = measured["sqlite"]

    def side_by_side(part: str) -> dict[str, Any]:
        found = {name: first[part][name] for name in ("random", "stock", "stock, any word")}
        found["stock on PostgreSQL, any word"] = measured["postgresql"][part]["stock, any word"]
        return found | {name: one[part][name] for name, one in measured.items()}

    scores = side_by_side("scores")
    about = report.about_machine() | {
        "engines": ", ".join(one["version"] for one in measured.values()),
        "documents": first["documents"],
        "queries": scores["sqlite"][""]["queries"],
        "stock": "Wagtail's database search over the same pages (title, summary, other words, text), asked as the "
        "search view of `wagtail start`, among pages of the reader's language; its words are joined by and, in a "
        "second row by or",
    }
    missed = [name for name in measured if any(one["ndcg"] < GOALS[name] for one in scores[name].values())]
    return {"about": about, "scores": scores, "harder": side_by_side("harder")}, missed


def measure_one(name: str, environment: dict[str, str]) -> dict[str, Any]:
    """Measure one engine in a process of its own. Raises `CannotMeasure`."""
    found: dict[str, Any] = json.loads(in_process_of_its_own("one", environment))
    if found["engine"] != name:
        raise CannotMeasure(f"{found['engine']} answered in place of {name}.")
    return found


def in_process_of_its_own(what: str, environment: dict[str, str]) -> str:
    """Do one thing of `PARTS` and return what it prints. Raises `CannotMeasure`."""
    with tempfile.TemporaryDirectory() as home:
        ended = subprocess.run(
            [sys.executable, "-m", "benchmarks.relevance", what],
            env={
                **{key: value for key, value in os.environ.items() if value or key not in environment},
                **environment,
                "DJANGO_SETTINGS_MODULE": "equalcity.settings.test",
                "EQUALCITY_HOME": home,
                "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            },
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
    if ended.returncode:
        raise CannotMeasure(f"Nothing was measured: what failed in `{what}` stands above.")
    return ended.stdout


def vectors() -> None:
    """Make the vectors of meaning that the corpus lacks."""
    import django

    django.setup()
    from tests.relevance.vectors import complete

    complete()


def one() -> None:
    """Measure the engine that the environment names, and print JSON."""
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    from search.backends import engines as engines_here
    from tests.relevance.corpus import corpus
    from tests.relevance.filling import fill
    from tests.relevance.judged import harder, queries
    from tests.relevance.measure import by_language, measure_all

    before = setup_databases(verbosity=0, interactive=False, aliases=["default"])
    engine: Any = engines_here()[-1]
    engine.seconds = PATIENT
    try:
        keys = fill(corpus())
        measured = {"scores": measure_all(keys, queries()), "harder": measure_all(keys, harder())}
        version = server_version(engine) if engine.name == "elasticsearch" else database_version(connection)
    finally:
        if engine.name == "elasticsearch":
            remove_indexes(engine)
        teardown_databases(before, verbosity=0)
    found = {
        "engine": engine.name,
        "version": version,
        "documents": len(corpus()),
        **{
            part: {
                name: {language: asdict(means) for language, means in by_language(some).items()}
                for name, some in of_part.items()
            }
            for part, of_part in measured.items()
        },
    }
    sys.stdout.write(json.dumps(found))


def database_version(connection: Any) -> str:
    """Return what the database is called, with its version."""
    asked = "SHOW server_version" if connection.vendor == "postgresql" else "SELECT sqlite_version()"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return f"{connection.display_name} {cursor.fetchone()[0].split()[0]}"


def server_version(engine: Any) -> str:
    """Return what the search server is called, with its version."""
    return f"Elasticsearch {engine.client.info()['version']['number']}"


def remove_indexes(engine: Any) -> None:
    """Leave nothing on the search server: the instance that was measured is gone."""
    from equalcity.publication import feed
    from search.backends.elasticsearch.mapping import prefix

    if names := list(engine.client.indices.get_alias(index=f"{prefix(feed.state().instance)}-*").body):
        engine.client.indices.delete(index=names)


def by_gain(one: dict[str, float]) -> str:
    """Return nDCG as it is shown."""
    return f"{one['ndcg']:.3f}"


def table(title: str, names: Sequence[str], rows: dict[str, list[str]]) -> list[str]:
    """Return the lines of a table of numbers, with an empty one before it."""
    head = ["", f"| {title} | {' | '.join(names)} |", f"|---|{'---:|' * len(names)}"]
    return head + [f"| {name} | {' | '.join(cells)} |" for name, cells in rows.items()]


def as_markdown(result: dict[str, Any]) -> str:
    """Return the tables and what is to be known of them."""
    languages = list(next(iter(result["scores"].values())))
    names = [language or "all" for language in languages]

    def rows(part: str, show: Callable[[dict[str, float]], str]) -> dict[str, list[str]]:
        return {name: [show(of[language]) for language in languages] for name, of in result[part].items()}

    found = {
        name: [*cells, f"{of['']['tuned']:.3f}", f"{of['']['held_out']:.3f}"]
        for (name, cells), of in zip(rows("scores", by_gain).items(), result["scores"].values(), strict=True)
    }
    apart = rows("scores", lambda one: f"{one['tuned']:.3f} / {one['held_out']:.3f}")
    lines = [
        "# How well search finds",
        "",
        "nDCG@10 over the judged queries of `tests/relevance`, from 0 to 1, and below it recall@10.",
        *table("nDCG@10", [*names, "tuned with", "held out"], found),
        *table("recall@10", names, rows("scores", lambda one: f"{one['recall']:.3f}")),
        "",
        "The held-out third beside the queries that ranking was tuned with, nDCG@10:",
        *table("tuned with / held out", names, {name: apart[name] for name in GOALS if name in apart}),
        "",
        "Harder ones (`tests/relevance/harder`): in the words of people who know none of the documents, nDCG@10:",
        *table("harder", names, rows("harder", by_gain)),
    ]
    lines += ["", "## How it was measured", ""]
    lines += [f"- {name.capitalize()}: {value}" for name, value in result["about"].items()]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Measure, report and return the exit code: 1 when an engine misses the goal in a language."""
    try:
        result, missed = measure()
    except CannotMeasure as error:
        sys.stderr.write(f"{error}\n")
        return 2
    folder = Path(report.RESULTS)
    (folder / "relevance.json").write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", "utf-8")
    (folder / "relevance.md").write_text(as_markdown(result), "utf-8")
    sys.stdout.write("\n" + as_markdown(result))
    return 1 if missed else 0


# What runs in a process of its own.
PARTS = {"vectors": vectors, "one": one}

if __name__ == "__main__":
    if sys.argv[1:]:
        PARTS[sys.argv[1]]()
    else:
        sys.exit(main())
