"""The world of the machine, made once for each process."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.property.publication.snapshots import Snapshot
from tests.property.publication.world import World


@pytest.fixture(scope="session")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Afterwards other tests find the database as it was."""
    with django_db_blocker.unblock():
        before = Snapshot()
        yield World()
        before.restore()
        before.close()
