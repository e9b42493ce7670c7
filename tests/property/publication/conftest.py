"""The world of the machine, made once for each process."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType

from tests.property.publication.snapshots import Snapshot
from tests.property.publication.world import World


@pytest.fixture(scope="session")
def untouched(django_db_setup: None, django_db_blocker: Any) -> Iterator[Snapshot]:
    """The database as every other test of this process begins with it."""
    with django_db_blocker.unblock():
        snapshot = Snapshot()
    yield snapshot
    snapshot.close()


@pytest.fixture(scope="session")
def made_world(untouched: Snapshot, django_db_blocker: Any) -> World:
    with django_db_blocker.unblock():
        return World()


@pytest.fixture(scope="module")
def world(untouched: Snapshot, made_world: World, django_db_blocker: Any) -> Iterator[World]:
    """A world in which every event commits for good.

    After each of these tests Django's own test case empties the tables. The database is put back behind them, or the
    tests that follow in this process would lack even the root of all pages.
    """
    yield made_world
    with django_db_blocker.unblock():
        untouched.restore()
    ContentType.objects.clear_cache()
