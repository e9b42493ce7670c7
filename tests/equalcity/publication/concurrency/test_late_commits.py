"""Whoever changes something cannot know before the commit who names it by then.

On PostgreSQL only: SQLite has one writer at a time.
"""

import pytest

from tests.equalcity.publication.concurrency.conftest import Play
from tests.equalcity.publication.overtaking import LOOKED_FOR

pytestmark = pytest.mark.services


def test_a_page_is_written_while_a_change_waits_for_its_commit(play: Play) -> None:
    assert play("late_commits") == {change.__name__: [] for change in LOOKED_FOR}
