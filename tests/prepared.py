"""Databases that many tests begin with, made once: one that is migrated, and one that holds the demonstration.

Migrating takes a quarter of a minute and loading the demonstration takes minutes, so whoever needs one first makes
it, and everybody else waits for that and takes a copy. They lie in `var/prepared` or on the server, under a
name that changes with every source file, so that no test ever begins with what older code made.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.run import NOT_FOR_TESTS

ROOT = Path(__file__).resolve().parents[1]
PREPARED = ROOT / "var" / "prepared"
SOURCES = ("site", "home", "toolbox_pages", "campaign", "safespace_map", "search", "requirements/base.txt")
DATABASE = "equalcity.sqlite3"
SAID = "said.txt"
KEPT = 2  # of each kind: this one, and the one that another run may still be using


def migrated() -> Path:
    """Return the state folder of an instance that is migrated and nothing more; it is for copying only."""
    with _made_once("migrated") as (folder, is_new):
        if is_new:
            _manage(folder, "migrate", "--verbosity=0")
    return folder


def demonstration() -> Path:
    """Return the state folder of an instance with the demonstration; `SAID` in it holds what the command said."""
    empty = migrated()
    with _made_once("demonstration") as (folder, is_new):
        if is_new:
            _copy(empty, folder)
            (folder / SAID).write_text(_manage(folder, "load_demo"), "utf-8")
    return folder


def migrated_database(server: str) -> str:
    """Return the name of a migrated database on the PostgreSQL `server` (a URL); it is for `TEMPLATE` only."""
    address = urlsplit(server)
    name = f"migrated_{fingerprint()}"
    with (
        _alone(f"postgresql-{address.port}"),
        psycopg.connect(urlunsplit(address._replace(path="/postgres")), autocommit=True) as connection,
    ):
        names = [row[0] for row in connection.execute("SELECT datname FROM pg_database WHERE datname ~ '^migrated_'")]
        if name not in names:
            for older in names:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(older)))
            begun = sql.Identifier("migrated_begun")
            connection.execute(sql.SQL("CREATE DATABASE {}").format(begun))
            url = urlunsplit(address._replace(path="/migrated_begun"))
            with tempfile.TemporaryDirectory() as home:
                _manage(Path(home), "migrate", "--verbosity=0", DATABASE_URL=url)
            connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(begun, sql.Identifier(name)))
    return name


def new_instance(home: Path) -> None:
    """Make `home` the state folder of a migrated instance, as if it had been installed; it has no name yet."""
    _copy(migrated(), home)


@contextmanager
def poured_in(folder: Path, database: sqlite3.Connection) -> Iterator[None]:
    """Have an open database hold what that of a state folder holds, and then again what it held before."""
    before = sqlite3.connect(":memory:")
    database.backup(before)
    pour(folder, database)
    try:
        yield
    finally:
        before.backup(database)
        before.close()


def pour(folder: Path, into: sqlite3.Connection) -> None:
    """Make an open database, which may live in memory, the same as that of a state folder."""
    source = sqlite3.connect(folder / DATABASE)
    source.backup(into)
    source.close()


@contextmanager
def _made_once(kind: str) -> Iterator[tuple[Path, bool]]:
    """Give the folder of this kind and whether it has to be filled; others wait until it is."""
    folder = PREPARED / f"{kind}-{fingerprint()}"
    done = folder / "done"
    with _alone(kind):
        is_new = not done.exists()
        if is_new:
            older = sorted(PREPARED.glob(f"{kind}-*"), key=lambda path: path.stat().st_mtime, reverse=True)
            for path in [*older[KEPT - 1 :], folder]:
                shutil.rmtree(path, ignore_errors=True)
            folder.mkdir()
        yield folder, is_new
        done.touch()


@contextmanager
def _alone(what: str) -> Iterator[None]:
    """Wait until nobody else on this machine is at it."""
    PREPARED.mkdir(parents=True, exist_ok=True)
    with (PREPARED / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@cache
def fingerprint() -> str:
    """Return a name for the present state of all that decides what is in these databases."""
    digest = hashlib.sha256(sys.version.encode())
    for start in SOURCES:
        paths = [ROOT / start] if (ROOT / start).is_file() else sorted((ROOT / start).rglob("*"))
        for path in paths:
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("done", SAID))


def _manage(home: Path, *command: str, **settings: str) -> str:
    """Run a command for the instance in `home`, whose address is that of the tests; return what it says."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in NOT_FOR_TESTS and not name.startswith("PYTEST_")
    }
    ours = {
        "DJANGO_SETTINGS_MODULE": "equalcity.settings.dev",
        "EQUALCITY_HOME": str(home),
        "SITE_URL": "http://testserver",
    }
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *command],
        env={**inherited, **ours, **settings}, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    demonstration()
