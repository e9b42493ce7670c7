"""Eight publishers and four followers at once on PostgreSQL, each a process with connections of its own.

`CONCURRENCY_SECONDS` makes it longer, `CONCURRENCY_SEED` repeats the choices of a run.
"""

import os
import secrets
import sys
from collections.abc import Iterator

import psycopg
import pytest

from tests.equalcity.publication.concurrency.history import PROMISES
from tests.equalcity.publication.concurrency.outcome import Outcome
from tests.equalcity.publication.concurrency.playing import LONGEST, SECONDS, errors, play, summary
from tests.prepared import migrated_database

pytestmark = [pytest.mark.services, pytest.mark.timeout(SECONDS + LONGEST + 60)]

PUBLISHERS = 8


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    """What happened: played once, looked at from several sides."""
    server_url = os.environ["TEST_POSTGRES_URL"]
    server, _, _name = server_url.rpartition("/")
    name = f"concurrency_{secrets.token_hex(4)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {migrated_database(server_url)}")
    try:
        yield play(tmp_path_factory.mktemp("play"), f"{server}/{name}", f"--publishers={PUBLISHERS}")
    finally:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize("promise", PROMISES)
def test_the_promise_is_kept(outcome: Outcome, promise: str) -> None:
    assert PROMISES[promise](outcome.history) == [], f"seed {outcome.seed}"


def test_nobody_got_an_error_and_nothing_deadlocked(outcome: Outcome) -> None:
    assert errors(outcome) == [], f"seed {outcome.seed}"
    assert outcome.locks.deadlocks == 0


def test_all_settled(outcome: Outcome) -> None:
    assert outcome.differences == (), f"seed {outcome.seed}"
    assert outcome.marks == ()


def test_the_counter_is_never_locked_together_with_pages(outcome: Outcome) -> None:
    """Recording holds the counter and touches no page row: else it could deadlock with bulk publishing."""
    assert outcome.locks.samples > SECONDS
    assert outcome.locks.together == 0


def test_enough_happened(outcome: Outcome, capsys: pytest.CaptureFixture[str]) -> None:
    """What did not take part proves nothing."""
    with capsys.disabled():
        sys.stdout.write(f"\n{summary('PostgreSQL', outcome)}\n")
    done = [one for one in outcome.operations if not one.error]
    assert len({one.publisher for one in done}) == PUBLISHERS
    kinds = {one.kind for one in done}
    assert kinds >= {"publish", "bulk publish", "alias", "rename", "recall", "lower"}
    assert kinds & {"move out", "move branch", "move hidden"}
    assert outcome.rounds > 0
    assert len(outcome.history.followers) == 4
    for follower in outcome.history.followers:
        assert len(follower.runs) > 1, f"{follower.name} never started again at an older place"
        assert len(follower.resumed) > 5
    told = {item.state for one in outcome.history.followers for _where, run in one.all_runs()
            for read in run.reads for item in read.items}  # fmt: skip
    assert told == {"live", "withdrawn", "elsewhere", "recalled"}
