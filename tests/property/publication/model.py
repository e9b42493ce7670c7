"""What staff have asked for, kept in plain Python: the answer that the machine compares the site with.

It knows nothing of the product's predicate and asks it nothing. What staff said (published, scheduled, restricted,
which words) is booked here event by event; where a page stands in the tree is read from its row.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

STEP = 4  # characters of one level in a treebeard path


@dataclass(frozen=True)
class Row:
    """Where a page stands, as the database has it."""

    pk: int
    path: str
    url_path: str
    key: UUID
    locale: str
    type: str
    live: bool
    go_live_at: datetime.datetime | None
    expire_at: datetime.datetime | None
    alias_of: int | None
    restricted: bool

    @property
    def depth(self) -> int:
        return len(self.path) // STEP

    @property
    def parent_path(self) -> str:
        return self.path[:-STEP]


@dataclass(frozen=True)
class Draft:
    """The latest revision: its word, and the times that publishing it would set."""

    word: str
    go_live_at: datetime.datetime | None = None
    expire_at: datetime.datetime | None = None


@dataclass
class Node:
    """One page as staff left it."""

    pk: int
    word: str  # in the row that would be served
    draft: Draft
    live: bool
    go_live_at: datetime.datetime | None = None
    expire_at: datetime.datetime | None = None
    alias_of: int | None = None
    # The version that waits for its time; the row may be live with an older one.
    scheduled: Draft | None = None
    restricted: bool = False
    # Words and files with which it was public at some time since it was last hidden or for good recorded.
    shown: set[str] = field(default_factory=set)
    files: set[tuple[str, int]] = field(default_factory=set)
    # Where it once stood.
    left: set[str] = field(default_factory=set)

    @property
    def as_draft(self) -> Draft:
        """What a first revision made from the row would hold."""
        return Draft(self.word, self.go_live_at, self.expire_at)

    def becomes(self, version: Draft) -> None:
        self.word, self.go_live_at, self.expire_at = version.word, version.go_live_at, version.expire_at


class Model:
    """All pages, and what follows from what staff said."""

    def __init__(self) -> None:
        self.nodes: dict[int, Node] = {}
        self.rows: dict[int, Row] = {}

    # Verbs of staff

    def publish(self, node: Node, version: Draft, now: datetime.datetime) -> None:
        """A version is published, or put on the calendar when its time lies ahead."""
        if version.go_live_at is not None and version.go_live_at > now:
            node.scheduled = version
            if node.live:
                return
            # Wagtail writes the waiting words into the row, and sets aliases live; neither makes them public.
        else:
            node.live, node.scheduled = True, None
        node.becomes(version)
        self._follow(node, version)

    def _follow(self, node: Node, version: Draft) -> None:
        for alias in self.aliases(node):
            alias.becomes(version)
            alias.live, alias.draft = True, version
            self._follow(alias, version)

    def unpublish(self, node: Node) -> None:
        if not node.live:
            return
        node.live, node.scheduled = False, None
        for alias in self.aliases(node):
            self.unpublish(alias)

    def delete(self, gone: Iterable[Node]) -> None:
        """An alias of a page that is deleted stays, as a page of its own that nobody sees."""
        gone = list(gone)
        for node in gone:
            for alias in self.aliases(node):
                alias.alias_of = None
                self.unpublish(alias)
        for node in gone:
            self.nodes.pop(node.pk, None)

    def set_free(self, alias: Node, now: datetime.datetime) -> None:
        """An alias becomes a page of its own, with the words it shows; a hidden source sets no word free."""
        if alias.alias_of not in self.public(now):
            alias.live = False
        alias.alias_of, alias.draft = None, alias.as_draft

    def run_calendar(self, now: datetime.datetime) -> None:
        for node in list(self.nodes.values()):
            if node.live and node.expire_at is not None and node.expire_at < now:
                self.unpublish(node)
        due = [node for node in self.nodes.values() if node.scheduled and node.scheduled.go_live_at < now]
        for node in sorted(due, key=lambda node: node.scheduled.go_live_at):
            self.publish(node, node.scheduled, now)

    # Adopting what an event made

    def new(self) -> list[Row]:
        return sorted((row for pk, row in self.rows.items() if pk not in self.nodes), key=lambda row: row.path)

    def adopt(self, row: Row, **said: Any) -> Node:
        """Take a new page in. When it ends and whether it is restricted, Wagtail copies or not."""
        word = said.pop("word")
        said.setdefault("restricted", row.restricted)
        said.setdefault("go_live_at", row.go_live_at)
        said.setdefault("expire_at", row.expire_at)
        said.setdefault("draft", Draft(word, said["go_live_at"], said["expire_at"]))
        node = self.nodes[row.pk] = Node(row.pk, word, **said)
        return node

    def adopt_aliases(self, language: str) -> list[Node]:
        """Take in new aliases, copied from the pages of `language`; what is not live is copied as its draft stands.

        The copy of an alias is one of the same original.
        """
        made = []
        for row in self.new():
            if row.alias_of is not None:
                copied = self.nodes[next(one.pk for one in self.in_language(row.key, language))]
                word = copied.word if copied.live or copied.alias_of else copied.draft.word
                made.append(self.adopt(row, word=word, live=copied.live, alias_of=row.alias_of))
        return made

    def in_language(self, key: UUID, language: str) -> list[Row]:
        return [row for row in self.rows.values() if (row.key, row.locale) == (key, language)]

    # What follows

    def aliases(self, node: Node) -> list[Node]:
        return [other for other in self.nodes.values() if other.alias_of == node.pk]

    def below(self, node: Node) -> list[Node]:
        """The node and everything below it, in the order of the tree."""
        path = self.rows[node.pk].path
        return [self.nodes[row.pk] for row in self.in_order() if row.path.startswith(path) and row.pk in self.nodes]

    def children(self, node: Node) -> list[Node]:
        path = self.rows[node.pk].path
        return [self.nodes[row.pk] for row in self.in_order() if row.parent_path == path and row.pk in self.nodes]

    def in_order(self) -> list[Row]:
        return sorted(self.rows.values(), key=lambda row: row.path)

    def source_is_out(self, alias: Node) -> bool:
        """Whether everything that an alias stands for was published, however it is restricted."""
        source = self.nodes.get(alias.alias_of or 0)
        return source is None or (source.live and self.source_is_out(source))

    def public(self, now: datetime.datetime) -> set[int]:
        """The pages that anybody may read."""
        restricted = [pk for pk, node in self.nodes.items() if node.restricted]
        lives = {pk for pk, node in self.nodes.items() if node.live}
        expiries = {pk: node.expire_at for pk, node in self.nodes.items()}
        sources = {pk: node.alias_of for pk, node in self.nodes.items()}
        return set(_public(self.rows, lives, expiries, sources, restricted, now))

    def public_by_rows(self, now: datetime.datetime) -> set[int]:
        """The same rule over what the database holds: where it differs from `public`, something changed by itself."""
        restricted = [pk for pk, row in self.rows.items() if row.restricted]
        lives = {pk for pk, row in self.rows.items() if row.live}
        expiries = {pk: row.expire_at for pk, row in self.rows.items()}
        sources = {pk: row.alias_of for pk, row in self.rows.items()}
        return set(_public(self.rows, lives, expiries, sources, restricted, now))


def _public(
    rows: dict[int, Row],
    lives: set[int],
    expiries: dict[int, datetime.datetime | None],
    sources: dict[int, int | None],
    restricted: Iterable[int],
    now: datetime.datetime,
) -> Iterator[int]:
    """The rule in words: live, not expired, no page of its translation set at or below a wall; and so its source."""
    closed = set(restricted)
    while more := {pk for pk in rows if sources[pk] in closed} - closed:
        closed |= more  # an alias stands behind the wall of its source, and what is below the alias with it
    walls = [rows[pk].path for pk in closed if pk in rows]
    shut = {row.key for row in rows.values() for wall in walls if row.path.startswith(wall)}

    def is_out(pk: int, seen: frozenset[int] = frozenset()) -> bool:
        expiry, source = expiries[pk], sources[pk]
        return (
            pk in lives
            and (expiry is None or expiry > now)
            and rows[pk].key not in shut
            and (source is None or (source in rows and source not in seen and is_out(source, seen | {pk})))
        )

    return (pk for pk in rows if is_out(pk))
