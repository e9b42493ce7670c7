"""Followers: read on and on, stop, start again at an older place, and write down every answer."""

import http.client
import json
import random
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from urllib.parse import urlencode

from equalcity.publication import feed
from equalcity.publication.source import canonical
from tests.equalcity.publication.concurrency.history import LIVE, Follower, Item, Place, Read, Run

RESUMED = 15
PATIENCE = 60


class FeedFailed(Exception):
    """The feed did not answer as it must."""


@dataclass(frozen=True)
class Habit:
    """How one follower reads: with which filter, how much at once, how often, and how often it starts again."""

    name: str
    locales: tuple[str, ...] = ()
    subtree: str = ""
    limit: int = 500
    pause: float = 0.1
    restarts: float = 0.0
    over_http: bool = False


# Asked with a cursor (None: from the beginning): the answer, and the cursor for the next question.
Ask = Callable[[str | None], tuple[Read, str]]


@dataclass
class Diary:
    """The answers of one run and the cursors that they gave."""

    start: Place | None = None
    cursor: str | None = None
    reads: list[Read] = field(default_factory=list)
    cursors: list[str] = field(default_factory=list)

    def as_run(self) -> Run:
        return Run(tuple(self.reads), self.start)

    def read_on(self, ask: Ask) -> Read:
        read, self.cursor = ask(self.cursor)
        self.reads.append(read)
        self.cursors.append(self.cursor)
        return read

    def read_to_the_end(self, ask: Ask) -> None:
        deadline = time.monotonic() + PATIENCE
        while self.read_on(ask).more:
            if time.monotonic() > deadline:
                raise FeedFailed(
                    f"After {self.reads[-1].next} the feed has said for {PATIENCE} seconds that there is more."
                )


def follow(habit: Habit, ask: Ask, seed: int, quiet: Event) -> Follower:
    """Follow until all is quiet, then read to the end, afresh, and on from some of the places stored on the way."""
    chance = random.Random(seed)
    runs = [Diary()]
    while not quiet.is_set():
        runs[-1].read_on(ask)
        if chance.random() < habit.restarts:
            place = _place(chance, runs)
            runs.append(_from(runs, place))
        quiet.wait(chance.uniform(0, 2 * habit.pause))
    if len(runs) == 1:
        runs.append(_from(runs, _place(chance, runs)))
    runs[-1].read_to_the_end(ask)
    fresh = Diary()
    fresh.read_to_the_end(ask)
    resumed = [_from(runs, _place(chance, runs)) for _ in range(RESUMED)]
    for diary in resumed:
        diary.read_to_the_end(ask)
    return Follower(
        name=habit.name,
        runs=tuple(diary.as_run() for diary in runs),
        fresh=fresh.as_run(),
        resumed=tuple(diary.as_run() for diary in resumed),
        locales=habit.locales,
        subtree=habit.subtree,
    )


def _place(chance: random.Random, runs: list[Diary]) -> Place:
    run = chance.choice([number for number, diary in enumerate(runs) if diary.reads])
    return Place(run, chance.randint(1, len(runs[run].reads)))


def _from(runs: list[Diary], place: Place) -> Diary:
    return Diary(place, runs[place.run].cursors[place.count - 1])


def ask_function(habit: Habit) -> Ask:
    """Ask the function that serves the feed, with a database connection of one's own."""
    subtree = uuid.UUID(habit.subtree) if habit.subtree else None

    def ask(cursor: str | None) -> tuple[Read, str]:
        began = time.monotonic()
        page = feed.changes(
            feed.decode(cursor) if cursor else None, limit=habit.limit, locales=habit.locales, subtree=subtree
        )
        answer = {
            "items": [{**item.as_json(), "source": item.source if item.state == LIVE else None} for item in page.items],
            "next": feed.encode(page.next),
            "more": page.more,
        }
        return _read(cursor, answer, began)

    return ask


def ask_server(habit: Habit, port: int, token: str) -> Ask:
    """Ask a server over HTTP with a partner's key, on one connection that is kept."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(cursor: str | None) -> tuple[Read, str]:
        parameters = {
            "limit": str(habit.limit),
            **({"after": cursor} if cursor else {}),
            **({"locale": ",".join(habit.locales)} if habit.locales else {}),
            **({"subtree": habit.subtree} if habit.subtree else {}),
        }
        began = time.monotonic()
        connection.request(
            "GET", f"/api/v2/changes/?{urlencode(parameters)}", headers={"Authorization": f"Bearer {token}"}
        )
        response = connection.getresponse()
        body = response.read()
        if response.status != http.HTTPStatus.OK:
            raise FeedFailed(f"{response.status} {body.decode()[:300]}")
        answer = json.loads(body)
        for item in answer["items"]:
            # Canonical JSON: the parsed source has exactly one text, the one whose hash is the etag.
            item["source"] = canonical(item["source"]).decode() if item["source"] is not None else None
        return _read(cursor, answer, began)

    return ask


def _read(cursor: str | None, answer: dict, began: float) -> tuple[Read, str]:
    word = answer["next"]
    read = Read(
        after=feed.decode(cursor).seq if cursor else 0,
        items=tuple(_item(item) for item in answer["items"]),
        next=feed.decode(word).seq,
        more=answer["more"],
        began=began,
        ended=time.monotonic(),
    )
    return read, word


def _item(sent: dict) -> Item:
    return Item(
        seq=sent["seq"],
        key=sent["key"],
        locale=sent["locale"],
        type=sent["type"],
        state=sent["state"],
        etag=sent["etag"],
        parent=sent["parent"],
        children=tuple(sent["children"]),
        modified_at=sent["modified_at"],
        source=sent["source"] or "",
    )
