"""Every test belongs to a group of `make test`: what no group reads would never run."""

import re
from pathlib import Path

import pytest

from tests import run
from tests.run import GROUPS, MARKERS, ROOT, Group, next_group

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


def test_two_processors_run_one_that_spreads_and_one_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "PROCESSORS", 2)
    spread, other = (Group(name, "", 1, side_by_side=True) for name in ("spread", "other"))
    single, last = (Group(name, "", 1) for name in ("single", "last"))
    assert next_group([spread, other, single], []) == spread
    assert next_group([other, single, last], [spread]) == single
    assert next_group([other, last], [spread, single]) is None
    assert next_group([other, last], [single]) == other


def test_every_group_is_begun() -> None:
    waiting = list(GROUPS)
    while waiting:
        group = next_group(waiting, [])
        assert group is not None
        waiting.remove(group)
