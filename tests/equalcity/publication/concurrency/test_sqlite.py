"""Two processes on one SQLite file: in each a publisher and two followers, in one of them the worker too."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.equalcity.publication.concurrency.history import violations
from tests.equalcity.publication.concurrency.playing import LONGEST, SECONDS, errors, play, summary
from tests.prepared import DATABASE, migrated

pytestmark = [pytest.mark.fault, pytest.mark.timeout(SECONDS + LONGEST + 60)]


def test_two_processes_on_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = tmp_path / "concurrency.sqlite3"
    shutil.copyfile(migrated() / DATABASE, database)
    outcome = play(tmp_path, f"sqlite:///{database}", "--together", "--publishers=2", seconds=SECONDS / 2)
    with capsys.disabled():
        sys.stdout.write(f"\n{summary('SQLite', outcome)}\n")
    assert errors(outcome) == [], f"seed {outcome.seed}"
    assert violations(outcome.history) == {}, f"seed {outcome.seed} {outcome.differences} {outcome.marks}"
    assert outcome.differences == ()
    assert outcome.marks == ()
    assert len({one.publisher for one in outcome.operations if not one.error}) == 2
    assert len(outcome.history.followers) == 4
