"""What followers of the feed were told, and whether the feed kept its six promises.

Pure: histories go in, violations in plain words come out. The promises are those of etcd's watch guarantees, for a
feed that is compacted to the last state of each key in each language. A *name* is a key with its language; what a
follower *holds* is what it has after applying what it was told: `live` puts an item in, every other state takes it
out.
"""

import hashlib
import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

LIVE = "live"
STAMP = re.compile(r"stamp-[0-9a-z-]+")

Name = tuple[str, str]


@dataclass(frozen=True)
class Item:
    """One item as the feed sent it; `source` is the exact text, empty unless the state is live."""

    seq: int
    key: str
    locale: str
    type: str
    state: str
    etag: str = ""
    parent: str | None = None
    children: tuple[str, ...] = ()
    modified_at: str = ""
    source: str = ""

    @property
    def name(self) -> Name:
        return self.key, self.locale

    def __str__(self) -> str:
        return f"{self.seq} ({self.state} {self.type} {self.key} {self.locale})"


@dataclass(frozen=True)
class Read:
    """One answer: asked for what comes after `after`, told `items`, to go on at `next`, and whether there is `more`."""

    after: int
    items: tuple[Item, ...]
    next: int
    more: bool
    began: float
    ended: float


@dataclass(frozen=True)
class Place:
    """What a follower had stored after `count` answers of the run with this number: what it held, and the cursor."""

    run: int
    count: int


@dataclass(frozen=True)
class Run:
    """Answers in a row, each asked for with the cursor of the one before; `start` None: from nothing."""

    reads: tuple[Read, ...]
    start: Place | None = None


@dataclass(frozen=True)
class Follower:
    """One follower with its filter. The last of `runs` and all of `resumed` were read to the end after quiet.

    `resumed` go on from places of `runs`; `fresh` is a full read after quiet.
    """

    name: str
    runs: tuple[Run, ...]
    fresh: Run
    resumed: tuple[Run, ...] = ()
    locales: tuple[str, ...] = ()
    subtree: str = ""

    @property
    def filter(self) -> tuple[tuple[str, ...], str]:
        return self.locales, self.subtree

    def all_runs(self) -> Iterator[tuple[str, Run]]:
        yield from ((f"{self.name}, run {number}", run) for number, run in enumerate(self.runs))
        yield from ((f"{self.name}, resumed {number}", run) for number, run in enumerate(self.resumed))
        yield f"{self.name}, fresh", self.fresh


@dataclass(frozen=True)
class Published:
    """What should be published after quiet, asked of the page tree itself; a term has no `trail`."""

    key: str
    locale: str
    title: str
    trail: tuple[str, ...] = ()
    is_term: bool = False


@dataclass(frozen=True)
class Hidden:
    """A name that was hidden at `since` and certainly not shown again before `until`."""

    name: Name
    since: float
    until: float


@dataclass(frozen=True)
class History:
    """Everything that was observed; `glimpses` are single answers that nobody went on from."""

    followers: tuple[Follower, ...]
    published: tuple[Published, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    glimpses: tuple[Read, ...] = ()


def ordered(history: History) -> list[str]:
    """Ordered: numbers only rise.

    Within an answer each item has a higher number than the one before it; all are above the cursor that was asked
    with and none is above the cursor that was given; and along a run cursors never go back.
    """
    wrong = []
    for where, run in _runs(history):
        given = None
        for read in run.reads:
            numbers = [read.after, *(item.seq for item in read.items)]
            if any(later <= earlier for earlier, later in pairwise(numbers)):
                wrong.append(f"{where}: after {read.after} came {numbers[1:]}, which does not rise.")
            if read.next < max(numbers):
                wrong.append(f"{where}: the cursor given is {read.next}, below {max(numbers)} which was told.")
            if given is not None and read.after != given:
                wrong.append(f"{where}: asked with {read.after} although {given} had been given.")
            given = read.next
    return wrong


def unique(history: History) -> list[str]:
    """Unique: a number stands for one event, and an event is told once.

    Whoever reads a number, whenever, reads the same of it: the same name, type, time and, where content is sent,
    the same content (`elsewhere` is the same event seen through a filter). In one run no number comes twice, and in
    one answer no name.
    """
    wrong = []
    meanings: dict[int, tuple[str, ...]] = {}
    contents: dict[tuple[int, str], Item] = {}
    for where, run in _runs(history):
        told: set[int] = set()
        for read in run.reads:
            names = [item.name for item in read.items]
            if len(names) != len(set(names)):
                twice = sorted({name for name in names if names.count(name) > 1})
                wrong.append(f"{where}: one answer after {read.after} told twice of {twice}.")
            for item in read.items:
                if item.seq in told:
                    wrong.append(f"{where}: {item} was told twice in one run.")
                told.add(item.seq)
                meaning = (item.key, item.locale, item.type, item.modified_at)
                if meanings.setdefault(item.seq, meaning) != meaning:
                    wrong.append(f"{where}: {item} once stood for {meanings[item.seq]}, now for {meaning}.")
                if contents.setdefault((item.seq, item.state), item) != item:
                    wrong.append(f"{where}: {item} was once told with other content.")
                if item.state == LIVE and (item.seq, "withdrawn") in contents:
                    wrong.append(f"{where}: {item} is live, but this number was a withdrawal.")
                if item.state == "withdrawn" and (item.seq, LIVE) in contents:
                    wrong.append(f"{where}: {item} is a withdrawal, but this number was live.")
    return wrong


def atomic(history: History) -> list[str]:
    """Atomic: an item is one state as it was, never a mixture of two.

    The etag of a live item is the SHA-256 of its source; name and type of the item are those that the source says;
    values that publishers write together (they carry one stamp) arrive together. What is not live has no content:
    no source, etag, parent or children.
    """
    wrong = []
    for where, item in _distinct_items(history):
        if item.state != LIVE:
            if item.source or item.etag or item.parent or item.children:
                wrong.append(f"{where}: {item} is not live and still brings content.")
            continue
        if hashlib.sha256(item.source.encode()).hexdigest() != item.etag:
            wrong.append(f"{where}: the etag of {item} is not that of its source.")
            continue
        source = json.loads(item.source)
        if (source["type"], source["locale"]) != (item.type, item.locale):
            wrong.append(f"{where}: the source of {item} speaks of {source['type']} in {source['locale']}.")
        stamps = set(STAMP.findall(item.source))
        if len(stamps) > 1:
            wrong.append(f"{where}: {item} mixes what was written apart: {sorted(stamps)}.")
    return wrong


def reliable(history: History) -> list[str]:
    """Reliable: no final state is missed.

    After quiet, a follower that applied all it was told holds exactly what a fresh full read with the same filter
    gives, and a fresh read gives exactly what the page tree says is published and the filter lets through: nothing
    that was withdrawn, that went elsewhere or that another language says, and nothing in an older version.
    """
    wrong = []
    for follower in history.followers:
        fresh = holds(follower, follower.fresh)
        wrong += _compared(f"{follower.name}, to the end", holds(follower, follower.runs[-1]), fresh)
        wanted = {(one.key, one.locale): one for one in history.published if _passes(one, follower)}
        for name in sorted(wanted.keys() - fresh.keys()):
            wrong.append(f"{follower.name}: {wanted[name].title!r} {name} is published, but the feed never says so.")
        for name in sorted(fresh.keys() - wanted.keys()):
            wrong.append(f"{follower.name}: the feed says that {fresh[name]} is live here, but it is not.")
        for name in sorted(fresh.keys() & wanted.keys()):
            if (title := _title(fresh[name])) != wanted[name].title:
                wrong.append(f"{follower.name}: {fresh[name]} is called {title!r}, not {wanted[name].title!r}.")
    return wrong


def resumable(history: History) -> list[str]:
    """Resumable: a follower may stop at any time and go on from any cursor that it has stored.

    Whoever goes on from an earlier place, with what was held there, holds in the end what a fresh read gives, name
    by name. So does whoever goes on from an earlier cursor with what is held now (the cursor was not saved before
    the power went).
    """
    wrong = []
    for follower in history.followers:
        fresh = holds(follower, follower.fresh)
        now = holds(follower, follower.runs[-1])
        for run in follower.resumed:
            where = f"{follower.name}, resumed after {run.reads[0].after}"
            wrong += _compared(where, holds(follower, run), fresh)
            wrong += _compared(f"{where} with what was held at the end", _applied(now, run.reads), fresh)
    return wrong


def bookmarkable(history: History) -> list[str]:
    """Bookmarkable: a cursor is a promise about everything up to it.

    An answer that was asked with `a` and gives the cursor `n` has told all there is for this filter in (a, n]:
    whatever is read later with the same filter, no item turns up in there that this answer did not hold. An answer
    without items therefore guarantees that nothing with a number up to its cursor appears later.
    """
    wrong = []
    for follower in history.followers:
        same = [one for one in history.followers if one.filter == follower.filter]
        later = sorted(
            ((read.began, where, item) for one in same for where, run in one.all_runs() for read in run.reads
             for item in read.items),
            key=lambda told: told[2].seq,
        )  # fmt: skip
        numbers = [item.seq for _began, _where, item in later]
        seen: set[tuple[int, int]] = set()
        for where, run in follower.all_runs():
            for read in run.reads:
                told = {item.seq for item in read.items}
                span = slice(bisect_right(numbers, read.after), bisect_right(numbers, read.next))
                for began, there, item in later[span]:
                    if item.seq not in told and began > read.ended and (item.seq, read.next) not in seen:
                        seen.add((item.seq, read.next))
                        wrong.append(
                            f"{where}: {read.next} was given as the next place after {read.after}, "
                            f"and later {there} found {item} before it."
                        )
    return wrong


def withdrawn_at_once(history: History) -> list[str]:
    """Withdrawing never waits: no answer that was asked for after a page was hidden brings its content."""
    wrong = []
    hidden: dict[Name, list[Hidden]] = defaultdict(list)
    for one in history.hidden:
        hidden[one.name].append(one)
    for where, run in _runs(history):
        for read in run.reads:
            for item in read.items:
                if item.state != LIVE:
                    continue
                if any(one.since <= read.began and read.ended <= one.until for one in hidden[item.name]):
                    wrong.append(f"{where}: {item} was told although it had been hidden before.")
    return wrong


PROMISES: dict[str, Callable[[History], list[str]]] = {
    "Ordered": ordered,
    "Unique": unique,
    "Atomic": atomic,
    "Reliable": reliable,
    "Resumable": resumable,
    "Bookmarkable": bookmarkable,
    "Withdrawn at once": withdrawn_at_once,
}


def violations(history: History) -> dict[str, list[str]]:
    """Return what broke each promise; a promise that was kept is not named."""
    found = {name: check(history) for name, check in PROMISES.items()}
    return {name: wrong for name, wrong in found.items() if wrong}


def holds(follower: Follower, run: Run) -> dict[Name, Item]:
    """Return what the follower holds at the end of a run."""
    return _applied(_held_at(follower, run.start), run.reads)


def _held_at(follower: Follower, place: Place | None) -> dict[Name, Item]:
    if place is None:
        return {}
    run = follower.runs[place.run]
    return _applied(_held_at(follower, run.start), run.reads[: place.count])


def _applied(held: dict[Name, Item], reads: tuple[Read, ...]) -> dict[Name, Item]:
    after = dict(held)
    for read in reads:
        for item in read.items:
            if item.state == LIVE:
                after[item.name] = item
            else:
                after.pop(item.name, None)
    return after


def _compared(where: str, held: dict[Name, Item], fresh: dict[Name, Item]) -> list[str]:
    return [
        *(f"{where}: {fresh[name]} is missing." for name in sorted(fresh.keys() - held.keys())),
        *(f"{where}: {held[name]} is still held, though it is gone." for name in sorted(held.keys() - fresh.keys())),
        *(
            f"{where}: {held[name]} is held, though the last state is {fresh[name]}."
            for name in sorted(held.keys() & fresh.keys())
            if held[name] != fresh[name]
        ),
    ]


def _passes(one: Published, follower: Follower) -> bool:
    return (not follower.locales or one.locale in follower.locales) and (
        not follower.subtree or one.is_term or follower.subtree in one.trail
    )


def _title(item: Item) -> str:
    fields = json.loads(item.source)["fields"]
    return str(fields.get("title", fields.get("name", "")))


def _runs(history: History) -> Iterator[tuple[str, Run]]:
    for follower in history.followers:
        yield from follower.all_runs()
    for number, read in enumerate(history.glimpses):
        yield f"glimpse {number}", Run((read,))


def _distinct_items(history: History) -> Iterator[tuple[str, Item]]:
    """Yield each item once, however often it was told: hashing a source thousands of times proves nothing more."""
    seen: set[Item] = set()
    for where, run in _runs(history):
        for read in run.reads:
            for item in read.items:
                if item not in seen:
                    seen.add(item)
                    yield where, item
