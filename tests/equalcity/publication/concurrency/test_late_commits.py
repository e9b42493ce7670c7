"""Whoever changes something cannot know before the commit who names it by then.

On PostgreSQL only: SQLite has one writer at a time.
"""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.equalcity.publication.concurrency.playing import ROOT
from tests.equalcity.publication.overtaking import LOOKED_FOR
from tests.prepared import migrated_database

pytestmark = pytest.mark.services

PLAY = "tests.equalcity.publication.concurrency.late_commits"
PROGRAM = f"import django; django.setup(); from {PLAY} import main; main()"


@pytest.fixture
def database() -> Iterator[str]:
    server_url = os.environ["TEST_POSTGRES_URL"]
    server, _, _name = server_url.rpartition("/")
    name = f"late_{secrets.token_hex(4)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {migrated_database(server_url)}")
        yield f"{server}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_page_is_written_while_a_change_waits_for_its_commit(database: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.equalcity.publication.concurrency.settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
        "EQUALCITY_HOME": str(tmp_path),
        "DATABASE_URL": database,
        "REDIS_URL": "",
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {change.__name__: [] for change in LOOKED_FOR}
