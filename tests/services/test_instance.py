"""An instance on PostgreSQL and Redis instead of the embedded default, each chosen by one variable."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.services, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Settings of an instance with a PostgreSQL database of its own."""
    server, _, _name = os.environ["TEST_POSTGRES_URL"].rpartition("/")
    name = f"instance_{secrets.token_hex(4)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
        "EQUALCITY_HOME": str(tmp_path_factory.mktemp("instance")),
        "DATABASE_URL": f"{server}/{name}",
        "REDIS_URL": os.environ["TEST_REDIS_URL"],
    }
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def manage(environment: dict[str, str], *arguments: str) -> str:
    """Run a management command and return what it printed."""
    result = subprocess.run(
        [sys.executable, "-m", "equalcity", *arguments],
        env=environment,
        cwd=environment["EQUALCITY_HOME"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_the_database_is_made_and_filled(environment: dict[str, str]) -> None:
    manage(environment, "migrate", "--verbosity=0")
    manage(environment, "init_site")
    with psycopg.connect(environment["DATABASE_URL"]) as connection:
        languages = connection.execute("SELECT language_code FROM wagtailcore_locale ORDER BY 1").fetchall()
    assert languages == [("ar",), ("de",), ("en",), ("fr",), ("it",), ("nl",), ("sv",)]
    assert manage(environment, "migrate", "--plan").split("\n")[1:] == [
        "  No planned migration operations.",
        "",
    ]
    assert list(Path(environment["EQUALCITY_HOME"]).glob("*.sqlite3")) == []


def test_the_cache_is_shared_through_redis(environment: dict[str, str]) -> None:
    word = secrets.token_hex(8)
    code = f"from django.core.cache import cache; cache.set({word!r}, 'kept', 60)"
    manage(environment, "shell", "--no-imports", "--command", code)
    with redis.Redis.from_url(environment["REDIS_URL"]) as server:
        assert server.keys(f"*{word}*") == [f":1:{word}".encode()]
