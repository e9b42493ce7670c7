"""Processes start without looking for garbage, and look for it afterwards."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import equalcity
from equalcity.core.garbage import NEW_OBJECTS

SITE = Path(equalcity.__file__).parents[1]
ASK = "import gc; print(gc.isenabled(), gc.get_threshold()[0], gc.get_freeze_count() > 100_000)"


@pytest.mark.parametrize(
    "command",
    [
        ["-m", "equalcity", "shell", "--no-imports", "--command", ASK],
        ["-c", f"import equalcity.wsgi; {ASK}"],
    ],
    ids=["command", "web server"],
)
def test_a_process_looks_for_garbage_once_it_has_started(command: list[str]) -> None:
    ran = subprocess.run(
        [sys.executable, *command],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "equalcity.settings.dev", "PYTHONPATH": str(SITE)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split() == ["True", str(NEW_OBJECTS), "True"]
