"""The checker finds each kind of broken promise: a checker that finds nothing proves nothing."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.equalcity.publication.concurrency.history import (
    Follower,
    Hidden,
    History,
    Item,
    Place,
    Published,
    Read,
    Run,
    violations,
)

SUBTREE = "toolbox"


def live(seq: int, key: str, title: str = "", *, locale: str = "en", stamps: str = "", **more: object) -> Item:
    source = json.dumps(
        {"type": "a.Page", "locale": locale, "fields": {"title": title or key, "summary": stamps}}, sort_keys=True
    )
    return Item(
        **{
            "seq": seq,
            "key": key,
            "locale": locale,
            "type": "a.Page",
            "state": "live",
            "etag": hashlib.sha256(source.encode()).hexdigest(),
            "parent": "home",
            "modified_at": f"at {seq}",
            "source": source,
            **more,
        }
    )


def gone(seq: int, key: str, state: str = "withdrawn", **more: object) -> Item:
    return Item(seq=seq, key=key, locale="en", type="a.Page", state=state, modified_at=f"at {seq}", **more)


def read(after: int, items: list[Item], upto: int, at: float = 0, *, more: bool = False) -> Read:
    return Read(after, tuple(items), upto, more, began=at, ended=at + 0.5)


# What happens: 1 a and 2 b are published; 3 b is withdrawn; 4 a changes; 5 c is published. The last state is 3, 4, 5.
FIRST = read(0, [live(1, "a"), live(2, "b")], 2, 10)
NEXT = read(2, [gone(3, "b"), live(4, "a", "a anew")], 4, 20)
LAST = read(4, [live(5, "c")], 5, 30)
QUIET = read(5, [], 5, 40)
FRESH = Run((read(0, [gone(3, "b"), live(4, "a", "a anew"), live(5, "c")], 5, 50),))
RESUMED = Run((read(2, [gone(3, "b"), live(4, "a", "a anew"), live(5, "c")], 5, 60),), Place(0, 1))
TREE = (Published("a", "en", "a anew", ("home", SUBTREE, "a")), Published("c", "en", "c", ("home", "c")))
GOOD = Follower("all", (Run((FIRST, NEXT, LAST, QUIET)),), FRESH, (RESUMED,))


def told(*reads: Read, follower: Follower = GOOD, **more: object) -> History:
    """Return the good history, but for what the follower was told in its only run."""
    return History((replace(follower, runs=(Run(reads),), **more),), TREE)


def test_a_good_history() -> None:
    assert violations(History((GOOD,), TREE)) == {}


def test_what_a_filter_leaves_out_is_not_missed() -> None:
    other = Published("d", "fr", "d", ("home", "d"))
    term = Published("t", "en", "Themes", is_term=True)
    fresh = Run((read(0, [gone(3, "b"), live(4, "a", "a anew"), live(6, "t", "Themes")], 6),))
    follower = Follower("some", (Run(fresh.reads),), fresh, locales=("en",), subtree=SUBTREE)
    assert violations(History((follower,), (*TREE, other, term))) == {}


def test_elsewhere_and_live_are_one_event_seen_through_two_filters() -> None:
    whole = Run((read(0, [live(1, "a", "a anew")], 1),))
    part = Run((read(0, [gone(1, "a", "elsewhere")], 1),))
    tree = (Published("a", "en", "a anew", ("home", "a")),)
    followers = (Follower("all", (whole,), whole), Follower("part", (part,), part, subtree=SUBTREE))
    assert violations(History(followers, tree)) == {}


ORDERED = {
    "numbers fall within an answer": told(read(0, [live(2, "b"), live(1, "a")], 2, 10), NEXT, LAST),
    "a number comes again in an answer": told(read(0, [live(1, "a"), live(1, "b")], 2, 10), NEXT, LAST),
    "an item is not above the cursor": told(
        FIRST, read(2, [live(2, "b"), gone(3, "b"), live(4, "a", "a anew")], 4), LAST
    ),
    "the cursor is below what was told": told(FIRST, replace(NEXT, next=3), replace(LAST, after=3)),
    "the cursor goes back": told(FIRST, NEXT, replace(LAST, next=5), replace(QUIET, next=4)),
    "an answer to another question": told(FIRST, replace(NEXT, after=1), LAST),
}
UNIQUE = {
    "a number stands for two names": told(FIRST, replace(NEXT, items=(gone(3, "x"), *NEXT.items[1:])), LAST),
    "a number stands for two contents": told(
        replace(FIRST, items=(live(1, "a"), live(4, "a", "other", modified_at="at 4"))), NEXT, LAST
    ),
    "a number stands for two times": told(
        FIRST, replace(NEXT, items=(gone(3, "b"), replace(NEXT.items[1], modified_at="x"))), LAST
    ),
    "a number is live and a withdrawal": told(replace(FIRST, items=(live(1, "a"), live(3, "b"))), NEXT, LAST),
    "a number comes twice in a run": told(
        FIRST, read(2, [gone(3, "b"), live(4, "a", "a anew")], 4), replace(LAST, items=(NEXT.items[1], *LAST.items))
    ),
    "a name comes twice in an answer": told(FIRST, replace(NEXT, items=(live(3, "a"), live(4, "a", "a anew"))), LAST),
}
ATOMIC = {
    "the etag is another's": told(replace(FIRST, items=(live(1, "a", etag="0" * 64), live(2, "b"))), NEXT, LAST),
    "the source says another language": told(
        replace(FIRST, items=(live(1, "a"), replace(live(2, "b", locale="fr"), locale="en"))), NEXT, LAST
    ),
    "the source says another type": told(
        replace(FIRST, items=(live(1, "a", type="a.Other"), live(2, "b"))), NEXT, LAST
    ),
    "two operations are mixed": told(
        replace(FIRST, items=(live(1, "a", stamps="stamp-1-1 stamp-2-7"), live(2, "b"))), NEXT, LAST
    ),
    "a tombstone brings content": told(FIRST, replace(NEXT, items=(gone(3, "b", source="{}"), *NEXT.items[1:])), LAST),
    "a tombstone names its parent": told(
        FIRST, replace(NEXT, items=(gone(3, "b", parent="home"), *NEXT.items[1:])), LAST
    ),
    "what went elsewhere lists its children": told(
        FIRST, replace(NEXT, items=(gone(3, "b", "elsewhere", children=("x",)), *NEXT.items[1:])), LAST
    ),
}
RELIABLE = {
    "something was never told": told(FIRST, NEXT, read(4, [], 5, 30)),
    "a withdrawal was never told": told(FIRST, replace(NEXT, items=NEXT.items[1:]), LAST),
    "the last version was never told": told(FIRST, replace(NEXT, items=NEXT.items[:1]), LAST),
    "what went elsewhere was never told": told(
        FIRST, NEXT, LAST, fresh=Run((read(0, [gone(3, "b"), gone(4, "a", "elsewhere"), live(5, "c")], 5, 50),))
    ),
    "the feed lacks what is published": History((GOOD,), (*TREE, Published("d", "en", "d"))),
    "the feed has what is not published": History((GOOD,), TREE[:1]),
    "the feed has an old version": History((GOOD,), (replace(TREE[0], title="a once more"), TREE[1])),
    "the feed is wider than the filter": History((replace(GOOD, subtree=SUBTREE),), TREE),
    "the feed is narrower than the filter": History(
        (replace(GOOD, locales=("en", "fr")),), (*TREE, Published("a", "fr", "a"))
    ),
}
RESUMABLE = {
    "going on misses a withdrawal": told(
        FIRST, NEXT, LAST, resumed=(Run((replace(RESUMED.reads[0], items=RESUMED.reads[0].items[1:]),), Place(0, 1)),)
    ),
    "going on misses a change": told(
        FIRST, NEXT, LAST, resumed=(Run((read(2, [gone(3, "b"), live(5, "c")], 5, 60),), Place(0, 1)),)
    ),
    "going on misses what is new": told(FIRST, NEXT, LAST, resumed=(Run((read(4, [], 5, 60),), Place(0, 2)),)),
    "going on brings back what went": told(
        FIRST, NEXT, LAST, resumed=(Run((read(2, [*RESUMED.reads[0].items, live(6, "b")], 6, 60),), Place(0, 1)),)
    ),
}
BOOKMARKABLE = {
    "an answer without items was too early": told(
        FIRST,
        read(2, [], 4, 15),
        LAST,
        resumed=(Run((read(2, NEXT.items, 4, 60), read(4, LAST.items, 5, 61)), Place(0, 1)),),
    ),
    "an answer was given too far a cursor": told(
        FIRST, replace(NEXT, next=5), replace(LAST, after=5, next=5, items=())
    ),
    "a fresh read finds what was passed": told(FIRST, NEXT, read(4, [], 5, 30)),
}
CASES = {
    "Ordered": ORDERED,
    "Unique": UNIQUE,
    "Atomic": ATOMIC,
    "Reliable": RELIABLE,
    "Resumable": RESUMABLE,
    "Bookmarkable": BOOKMARKABLE,
}


@pytest.mark.parametrize(
    ("promise", "history"),
    [
        pytest.param(promise, history, id=f"{promise}: {case}")
        for promise, cases in CASES.items()
        for case, history in cases.items()
    ],
)
def test_a_broken_promise_is_found(promise: str, history: History) -> None:
    assert promise in violations(history)


def test_another_follower_with_the_same_filter_shows_what_was_passed() -> None:
    early = replace(GOOD, name="early", runs=(Run((FIRST, read(2, [], 4, 15), LAST)),), fresh=QUIET_RUN, resumed=())
    late = replace(GOOD, name="late", resumed=())
    assert any(wrong.startswith("early") for wrong in violations(History((early, late)))["Bookmarkable"])


QUIET_RUN = Run((QUIET,))


def test_a_cursor_answers_only_for_what_was_there() -> None:
    """4 was told before 3 was asked for: an item that moved to a higher number is no violation."""
    assert "Bookmarkable" not in violations(told(FIRST, NEXT, LAST))


@pytest.mark.parametrize(("since", "until", "found"), [(9, 11, True), (10.2, 99, False), (1, 10.2, False)])
def test_content_of_what_was_hidden(since: float, until: float, found: bool) -> None:
    """The first answer, from 10 to 10.5, tells of b."""
    history = replace(History((GOOD,), TREE), hidden=(Hidden(("b", "en"), since, until),))
    assert ("Withdrawn at once" in violations(history)) is found


def test_violations_are_in_plain_words() -> None:
    wrong: Callable[[str], str] = lambda promise: violations(CASES[promise][next(iter(CASES[promise]))])[promise][0]  # noqa: E731
    assert wrong("Ordered") == "all, run 0: after 0 came [2, 1], which does not rise."
    assert wrong("Reliable") == "all, to the end: 5 (live a.Page c en) is missing."
