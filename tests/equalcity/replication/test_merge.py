"""Who changed what since the last pull decides."""

import pytest

from equalcity.replication.merge import Decision, Sides, merge


def source(title: str, **more: object) -> dict[str, object]:
    return {"fields": {"title": title}, "children": {}, **more}


# base, applied, mine, theirs
CASES = {
    "nothing changed": (("a", "a", "a", "a"), Decision.NOTHING),
    "changed there": (("a", "a", "a", "b"), Decision.TAKE),
    "changed here": (("a", "a", "b", "a"), Decision.NOTHING),
    "changed on both sides": (("a", "a", "b", "c"), Decision.CONFLICT),
    "the same change on both sides": (("a", "a", "b", "b"), Decision.NOTHING),
    "applied otherwise, untouched": (("a", "a2", "a2", "b"), Decision.TAKE),
    "applied otherwise, changed here": (("a", "a2", "b", "c"), Decision.CONFLICT),
}


@pytest.mark.parametrize("name", CASES)
def test_the_decision(name: str) -> None:
    titles, decision = CASES[name]
    base, applied, mine, theirs = map(source, titles)
    assert merge(Sides(base, applied, mine, theirs)) == decision


def test_only_what_people_wrote_counts() -> None:
    """A new description of a file, or a new schema number, is no change of the page."""
    assert (
        merge(Sides(source("a"), source("a"), source("b"), source("a", media=[{"title": "x"}], schema=2)))
        == Decision.NOTHING
    )


def test_a_change_in_a_row_is_a_change() -> None:
    base, theirs = source("a"), source("a", children={"reviews": [{"key": "1"}]})
    assert merge(Sides(base, base, base, theirs)) == Decision.TAKE
