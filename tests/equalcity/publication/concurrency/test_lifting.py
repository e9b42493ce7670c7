"""Two people at one restriction: the second waits, and finds it lifted. On PostgreSQL only; SQLite has one writer."""

import pytest

from tests.equalcity.publication.concurrency.conftest import Play

pytestmark = pytest.mark.services


def test_two_people_lift_one_restriction(play: Play) -> None:
    statuses, waited, left = play("lifting")
    assert statuses == [200, 200]
    assert waited
    assert left == 0
