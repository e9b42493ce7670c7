"""What is done outside the database stays in a folder of its own."""

from pathlib import Path
from typing import Any

import pytest

from equalcity.publication import journal


@pytest.fixture(autouse=True)
def journal_file(settings: Any, tmp_path: Path) -> Path:
    """A journal of its own for every test: it outlives the rolled-back database."""
    settings.EQUALCITY_HOME = tmp_path
    return journal.path()
