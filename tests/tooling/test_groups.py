"""Every test belongs to a group of `make test`: what no group reads would never run."""

import re
from pathlib import Path

import pytest

from tests.run import GROUPS, MARKERS, ROOT, Group

NAMED = re.compile(r"\bmark\.(\w+)")


def reads(group: Group, path: Path) -> bool:
    return any(path.is_relative_to(ROOT / start) for start in group.paths)


def asks_for(group: Group, marker: str) -> bool:
    return re.search(rf"(?<!not )\b{marker}\b", group.select) is not None


@pytest.mark.parametrize("marker", MARKERS)
def test_each_mark_is_read_where_it_stands(marker: str) -> None:
    files = [path for path in (ROOT / "tests").rglob("*.py") if marker in NAMED.findall(path.read_text("utf-8"))]
    assert files
    groups = [group for group in GROUPS if asks_for(group, marker)]
    assert [path for path in files if not any(reads(group, path) for group in groups)] == []


def test_what_has_no_mark_is_read_everywhere() -> None:
    assert "tests" in next(group for group in GROUPS if not any(asks_for(group, one) for one in MARKERS)).paths
