"""Lowering a place in the moment in which somebody translates it: each waits for its turn. On PostgreSQL only."""

import pytest

from tests.equalcity.publication.concurrency.conftest import Play

pytestmark = pytest.mark.services


def test_neither_who_lowers_nor_who_translates_is_refused(play: Play) -> None:
    problems, known = play("lowering")
    assert problems == []
    assert known == ["area", "area"]
