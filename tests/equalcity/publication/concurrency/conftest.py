"""Programs with several connections, each on a PostgreSQL database of its own."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.equalcity.publication.concurrency.playing import ROOT
from tests.prepared import migrated_database

Play = Callable[[str], Any]


@pytest.fixture
def database() -> Iterator[str]:
    server_url = os.environ["TEST_POSTGRES_URL"]
    server, _, _name = server_url.rpartition("/")
    name = f"late_{secrets.token_hex(4)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {migrated_database(server_url)}")
        yield f"{server}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def play(database: str, tmp_path: Path) -> Play:
    """Run the program of this name here, and return what it prints."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.equalcity.publication.concurrency.settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
        "EQUALCITY_HOME": str(tmp_path),
        "DATABASE_URL": database,
        "REDIS_URL": "",
    }

    def do(name: str) -> Any:
        program = f"import django; django.setup(); from {__package__}.{name} import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return do
