"""Histories in which every change is recorded once it is committed."""

import pytest

from tests.property.publication.machine import HISTORIES, SEED, explore
from tests.property.publication.world import World

pytestmark = [
    pytest.mark.property,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(300 + 20 * HISTORIES),
]


def test_nothing_hidden_is_served_and_nothing_public_is_missing(world: World) -> None:
    explore(world, HISTORIES // 2, SEED, prompt=True)
