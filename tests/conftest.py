"""Fixtures that every test may use."""

import pytest

from tests.factories import Tree, make_tree


@pytest.fixture
def tree(db: None) -> Tree:
    """Homes in en, fr and ar; a toolbox with a guide and three practices; a plain page in the menu."""
    return make_tree()
