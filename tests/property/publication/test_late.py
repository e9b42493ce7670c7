"""Histories in which the worker is late now and then: what was hidden is gone all the same."""

from collections.abc import Callable

import pytest

from tests.property.publication.distribution import PROPERTY
from tests.property.publication.machine import HISTORIES, SEED, explore
from tests.property.publication.world import World

pytestmark = [
    pytest.mark.property,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(300 + 20 * HISTORIES),
]


def test_nothing_hidden_is_served_and_nothing_public_is_missing(
    world: World, record_property: Callable[[str, object], None]
) -> None:
    record_property(PROPERTY, explore(world, HISTORIES // 2, SEED, prompt=None).as_json())
