"""Starts a play in a process of its own and says what came of it."""

import os
import pickle
import secrets
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.equalcity.publication.concurrency.operations import counted
from tests.equalcity.publication.concurrency.outcome import Outcome, outcome_path

ROOT = Path(__file__).resolve().parents[4]
SECONDS = float(os.environ.get("CONCURRENCY_SECONDS", "20"))
SEED = int(os.environ.get("CONCURRENCY_SEED") or secrets.randbelow(10**6))
LONGEST = 420
NOTHING_TO_DO = "nothing to do"


def play(folder: Path, database: str, *arguments: str, seconds: float = SECONDS) -> Outcome:
    """Play on this database, which is migrated, and return the outcome."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.equalcity.publication.concurrency.settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
        "EQUALCITY_HOME": str(folder),
        "DATABASE_URL": database,
        "REDIS_URL": "",
    }
    module = "tests.equalcity.publication.concurrency"
    done = subprocess.run(
        [sys.executable, "-m", module, str(folder), f"--seconds={seconds}", f"--seed={SEED}", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds + LONGEST,
    )
    assert done.returncode == 0, f"seed {SEED}: {done.stdout}{done.stderr}"
    outcome: Outcome = pickle.loads(outcome_path(folder).read_bytes())
    return outcome


def summary(name: str, outcome: Outcome) -> str:
    """Return one line that says what took part."""
    done = counted(outcome.operations)
    items = {
        follower.name: sum(len(read.items) for _where, run in follower.all_runs() for read in run.reads)
        for follower in outcome.history.followers
    }
    return (
        f"{name}, seed {outcome.seed}: {sum(done.values())} operations ({_listed(done)}); "
        f"items read: {_listed(Counter(items))}; errors: {len(errors(outcome))}; "
        f"deadlocks: {outcome.locks.deadlocks}; longest wait for a lock {outcome.locks.longest:.2f} s "
        f"in {outcome.locks.samples} looks; took {', '.join(f'{what} {s:.0f} s' for what, s in outcome.took.items())}"
    )


def errors(outcome: Outcome) -> list[str]:
    """Return everything that went wrong anywhere, but for pages that were not there to be changed."""
    operations = [
        f"publisher {one.publisher}, {one.kind}: {one.error}"
        for one in outcome.operations
        if one.error and one.error != NOTHING_TO_DO
    ]
    return [*operations, *outcome.failures, *outcome.logged]


def _listed(counts: "Counter[str]") -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common())
