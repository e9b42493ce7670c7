"""The database that is measured: built once, then kept while what it was built from stays the same.

What it was built from stands in the database itself, as the comment that PostgreSQL keeps for it.
"""

import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
from psycopg import sql

from benchmarks import environment
from benchmarks.environment import ROOT

Say = Callable[[str], None]

# What decides which pages there are and in which tables, and what decides how they are recorded.
PAGE_SOURCES = (
    "benchmarks/dataset.py",
    "benchmarks/texts.py",
    "*/migrations/*.py",
    "site/equalcity/*/migrations/*.py",
    "site/equalcity/demo/*.py",
    "site/equalcity/demo/content/**/*.yaml",
)
RENDERING = ("blocks", "link_handler", "links", "sanitize", "serializers", "sites")
RECORDING = ("files", "models", "prepare", "references", "represent", "source", "write")
RECORD_SOURCES = (
    "*/models.py",
    "site/equalcity/core/models/*.py",
    *(f"site/equalcity/core/{name}.py" for name in RENDERING),
    *(f"site/equalcity/publication/{name}.py" for name in RECORDING),
)


def ensure(practices: int, say: Say) -> None:
    """Make the database ready: build it, or record it anew, or leave it, as its comment demands."""
    name = environment.database_name(practices)
    server = environment.server_url()
    wanted = fingerprint(practices)
    have = comment(server, name)
    began = time.monotonic()
    if have.get("pages") != wanted["pages"]:
        say(f"Building the database {name}: {practices} practices in {len(environment.LANGUAGES)} languages.")
        create(server, name)
        run_steps(["migrate"], say)
        run_steps(["build"], say)
    elif have.get("recorded") != wanted["recorded"]:
        say("What records pages has changed: recording everything anew.")
    else:
        say(f"The database {name} is there already.")
        # The search server may be another one than when it was made.
        run_steps(["index"], say)
        return
    # What is built already is kept, should recording be interrupted.
    set_comment(server, name, {"pages": wanted["pages"]})
    run_steps(["mark"], say)
    parts = os.cpu_count() or 1
    run_steps([f"record {part} {parts}" for part in range(parts)], say)
    run_steps(["finish"], say)
    set_comment(server, name, wanted)
    say(f"Ready after {time.monotonic() - began:.0f} s.")


def fingerprint(practices: int) -> dict[str, str]:
    """Return what the database would be built from now."""
    parameters = f"{practices} {environment.LANGUAGES} {environment.SEED} {environment.HOST}"
    return {
        "pages": digest(parameters, files(*PAGE_SOURCES)),
        "recorded": digest("", files(*RECORD_SOURCES)),
    }


def files(*patterns: str) -> Iterator[Path]:
    yield from sorted({path for pattern in patterns for path in ROOT.glob(pattern)})


def digest(start: str, paths: Iterator[Path]) -> str:
    found = hashlib.sha256(start.encode())
    for path in paths:
        found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


def comment(server: str, name: str) -> dict[str, str]:
    """Return what the database says it was built from; nothing when there is none."""
    with psycopg.connect(server, autocommit=True) as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
    return dict(json.loads(row[0])) if row and row[0] else {}


def set_comment(server: str, name: str, wanted: dict[str, str]) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(json.dumps(wanted)))
        )


def create(server: str, name: str) -> None:
    """Make the database anew, empty."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def run_steps(steps: list[str], say: Say) -> None:
    """Run steps side by side, each in a process of its own. Raises `CannotMeasure` when one fails."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.database", *step.split()],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "equalcity.settings.production"},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for step in steps
    ]
    readers = [threading.Thread(target=pass_on, args=(process, say)) for process in processes]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    if any(process.wait() for process in processes):
        raise environment.CannotMeasure(f"The database could not be made (step {steps[0]}).")


def pass_on(process: "subprocess.Popen[str]", say: Say) -> None:
    """Say what a process says, line by line."""
    for line in process.stdout or ():
        say(f"  {line.rstrip()}")


def main(step: str, *rest: str) -> None:
    """Do one step, in production settings."""
    import django

    environment.prepare(environment.practices())
    django.setup()
    from django.core.management import call_command

    from benchmarks import dataset, meaning, recording

    def say(words: str) -> None:
        sys.stdout.write(f"{words}\n")
        sys.stdout.flush()

    match step:
        case "migrate":
            call_command("migrate", verbosity=0)
        case "build":
            dataset.build(environment.practices(), list(environment.LANGUAGES), environment.SEED, say)
        case "mark":
            recording.mark_everything()
        case "record":
            recording.record_part(int(rest[0]), int(rest[1]), say)
        case "index":
            call_command("index", "update")
            meaning.draw_vectors()
        case "finish":
            recording.finish(say)
            meaning.draw_vectors()


if __name__ == "__main__":
    main(*sys.argv[1:])
