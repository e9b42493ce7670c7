"""Fixtures that every test may use."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from tests.factories import Tree, make_tree


@pytest.fixture
def tree(db: None) -> Tree:
    """Homes in en, fr and ar; a toolbox with a guide and three practices; a plain page in the menu."""
    made = make_tree()
    # There is no commit in a test: what waits for that of the tree must not swallow what waits for a later one.
    connection.run_on_commit.clear()
    return made


@pytest.fixture(autouse=True)
def default_language() -> None:
    """A page asked for in French leaves French behind in this thread."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def forgetful_cache() -> Iterator[None]:
    """What a test puts into the cache is not there for the next: rolled-back rows give their numbers to others."""
    yield
    cache.clear()
