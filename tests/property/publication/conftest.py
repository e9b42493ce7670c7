"""The world of the machine, made once for each process; other tests find the database as it was."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.property.publication.snapshots import Snapshot
from tests.property.publication.world import World


@pytest.fixture(scope="session")
def before(django_db_setup: None, django_db_blocker: Any) -> Iterator[Snapshot]:
    with django_db_blocker.unblock():
        snapshot = Snapshot()
        yield snapshot
        snapshot.close()


@pytest.fixture(scope="session")
def world(before: Snapshot) -> World:
    return World()


@pytest.fixture(scope="module", autouse=True)
def as_it_was(before: Snapshot) -> Iterator[None]:
    """A process is given other files after this one, whose tests need the rows that are always there."""
    yield
    before.restore()
