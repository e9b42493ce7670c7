"""Killed between any two writes, from the saving of a page to its recorded publication: nothing is lost.

What must hold is in `crash/checks.py`: before the worker's round nothing hidden is delivered; after one round nothing
differs, no mark is left, each page is entirely old or entirely new, and followers arrive at the final state.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.equalcity.publication.crash.actions import ACTIONS

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 900
# On PostgreSQL each kill needs a database of its own, made by the server: a choice of the actions.
ON_POSTGRESQL = (
    "publish an edit",
    "publish a page with an alias",
    "restrict an ancestor",
    "delete a section",
    "publish what is scheduled",
    "lower a place",
    "a partner's recall",
)


def crash(request: pytest.FixtureRequest, folder: Path, environment: dict[str, str]) -> dict[str, Any]:
    """Kill every action that this run of the tests asks for; return what was found, by action."""
    chosen = {
        item.callspec.params["action"]
        for item in request.session.items
        if item.path == request.path and getattr(item, "originalname", "") == request.node.originalname
    }
    command = [sys.executable, "-m", "tests.equalcity.publication.crash.run", str(folder), *sorted(chosen)]
    inherited = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    environment = {
        **inherited,
        "DJANGO_SETTINGS_MODULE": "equalcity.settings.test",
        "EQUALCITY_HOME": str(folder / "home"),
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
        **environment,
    }
    done = subprocess.run(
        command, cwd=ROOT, env=environment, text=True, capture_output=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return {one["action"]: one for one in found}


@pytest.fixture(scope="module")
def results() -> dict[str, dict[str, Any]]:
    """What was found on each kind of database; filled by the first test that needs it."""
    return {}


def hold(found: dict[str, Any]) -> None:
    assert found.get("error", "") == ""
    assert found["changed"], "the action changed nothing, so killing it proves nothing"
    assert found["kills"] > 1
    assert found["problems"] == []


@pytest.mark.fault
@pytest.mark.timeout(SECONDS)
@pytest.mark.parametrize("action", ACTIONS)
def test_killed_on_sqlite(action: str, request: pytest.FixtureRequest, results: dict[str, Any], tmp_path: Path) -> None:
    if "sqlite" not in results:
        results["sqlite"] = crash(request, tmp_path, {})
    hold(results["sqlite"][action])


@pytest.mark.services
@pytest.mark.timeout(SECONDS)
@pytest.mark.parametrize("action", ON_POSTGRESQL)
def test_killed_on_postgresql(
    action: str, request: pytest.FixtureRequest, results: dict[str, Any], tmp_path: Path
) -> None:
    if "postgresql" not in results:
        results["postgresql"] = crash(request, tmp_path, {"DATABASE_URL": os.environ["TEST_POSTGRES_URL"]})
    hold(results["postgresql"][action])
