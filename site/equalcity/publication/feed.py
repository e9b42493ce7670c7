"""The change feed: what has changed since a cursor, compacted to one item for each key and language.

Promises, in the words of etcd's watch guarantees: Ordered, Unique, Atomic (per item), Reliable (no final state is
missed; intermediate ones may be), Resumable, Bookmarkable.
"""

import base64
import binascii
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db.models import BooleanField, Case, Q, Value, When

from equalcity.publication.counter import state
from equalcity.publication.late import record_now
from equalcity.publication.models import FeedState, Publication
from equalcity.publication.predicate import is_delivered

LIMIT = 100
LIMIT_MAX = 500


class BadCursor(Exception):
    """The cursor is unreadable or was made by another instance (HTTP 400)."""


class ResyncNeeded(Exception):
    """The cursor belongs to another epoch, or to the future: follow `peer resync` (HTTP 409)."""


class CursorGone(Exception):
    """Tombstones that the cursor still needs were pruned (HTTP 410)."""


@dataclass(frozen=True)
class Cursor:
    """A place in the feed of one instance. `seq` is the last number that was read."""

    instance: uuid.UUID
    epoch: uuid.UUID
    seq: int


@dataclass(frozen=True)
class Item:
    """The last state of one key in one language. `source` is canonical JSON, empty unless the state is live."""

    seq: int
    key: uuid.UUID
    locale: str
    type: str
    schema: int
    state: str
    origin: tuple[uuid.UUID, uuid.UUID]
    parent: uuid.UUID | None
    children: list[str]
    etag: str
    modified_at: datetime
    source: str

    def as_json(self) -> dict[str, Any]:
        """Return the item as the API sends it. Tombstones carry no content and no cause."""
        live = self.state == Publication.State.LIVE
        return {
            "seq": self.seq,
            "key": str(self.key),
            "locale": self.locale,
            "type": self.type,
            "schema": self.schema,
            "state": self.state,
            "origin": {"instance": str(self.origin[0]), "key": str(self.origin[1])},
            "parent": str(self.parent) if live and self.parent else None,
            "children": self.children if live else [],
            "etag": self.etag if live else "",
            "modified_at": self.modified_at.isoformat(),
            "source": orjson.Fragment(self.source) if live else None,
        }


# What the feed needs of a row: whole rows take longer to read than to send.
COLUMNS = (
    "seq",
    "key",
    "locale",
    "type",
    "schema",
    "state",
    "origin_instance",
    "origin_key",
    "parent_key",
    "children",
    "source_etag",
    "modified_at",
    "kind",
    "object_id",
    "trail",
    "is_delivered",
    "body__source",
)


@dataclass(frozen=True)
class FeedPage:
    """One answer: items in the order of their numbers, where to go on, and whether more is there already."""

    items: list[Item]
    next: Cursor
    more: bool


def encode(cursor: Cursor) -> str:
    """Return the cursor as an opaque word that is safe in a URL."""
    raw = cursor.instance.bytes + cursor.epoch.bytes + cursor.seq.to_bytes(8, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(text: str) -> Cursor:
    """Read what `encode` wrote. Raises `BadCursor`."""
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error, ValueError) as error:
        raise BadCursor("This cursor cannot be read. Use the one that the feed gave you, unchanged.") from error
    if len(raw) != 40:
        raise BadCursor("This cursor cannot be read. Use the one that the feed gave you, unchanged.")
    seq = int.from_bytes(raw[32:], "big")
    if seq >= 2**63:
        raise BadCursor("This cursor cannot be read. Use the one that the feed gave you, unchanged.")
    return Cursor(uuid.UUID(bytes=raw[:16]), uuid.UUID(bytes=raw[16:32]), seq)


def changes(
    cursor: Cursor | None,
    *,
    limit: int = LIMIT,
    locales: Collection[str] = (),
    subtree: uuid.UUID | None = None,
) -> FeedPage:
    """Return up to `limit` items after `cursor` (None: from the beginning).

    `locales` and `subtree` (a key) narrow what is sent live; tombstones pass every filter, and a row that has left
    the subtree is sent as `elsewhere` without content. Raises `BadCursor`, `ResyncNeeded`, `CursorGone`.
    """
    now = state()
    after = _checked(cursor, now)
    limit = max(1, min(limit, LIMIT_MAX))
    rows = _rows(after, limit + 1, locales, subtree)
    if late := [row for row in rows if row.state == Publication.State.LIVE and not row.is_delivered]:
        # Hidden since it was recorded: record that first, or a reader would pass the row and never hear of it.
        record_now([row.object_id for row in late if row.object_id is not None])
        rows = _rows(after, limit + 1, locales, subtree)
        held = next((n for n, row in enumerate(rows) if row.state == "live" and not row.is_delivered), len(rows))
        rows, cut = rows[:held], held < len(rows)
    else:
        cut = False
    more = len(rows) > limit or cut
    items = [_item(row, subtree) for row in rows[:limit]]
    # Nothing below the highest number known before the rows were read can still appear: numbers are given under
    # the counter's lock and become visible in their order. A full read may therefore skip to that number.
    last = items[-1].seq if items else after
    end = last if more else max(last, now.seq)
    return FeedPage(items, Cursor(now.instance, now.epoch, end), more)


def _checked(cursor: Cursor | None, now: FeedState) -> int:
    if cursor is None:
        return 0
    if cursor.instance != now.instance:
        raise BadCursor("This cursor was made by another instance. Start without one.")
    if cursor.epoch != now.epoch or cursor.seq > now.seq:
        raise ResyncNeeded("This instance was restored since the cursor was made: a resync is needed.")
    if 0 < cursor.seq < now.pruned:
        raise CursorGone("Changes that this cursor still needs are no longer kept. Start without a cursor.")
    return cursor.seq


def _rows(after: int, count: int, locales: Collection[str], subtree: uuid.UUID | None) -> list[Any]:
    wanted = Q()
    if locales:
        wanted &= Q(locale__in=locales)
    if subtree:
        wanted &= Q(trail__contains=f"/{subtree}/") | Q(left__contains=f"/{subtree}/") | Q(kind="term")
    if wanted:
        wanted |= ~Q(state=Publication.State.LIVE)
    rows = (
        Publication.objects.filter(wanted, original=None, seq__gt=after)
        .annotate(is_delivered=Case(When(is_delivered(), then=Value(True)), default=False, output_field=BooleanField()))
        .order_by("seq")
    )
    return list(rows.values_list(*COLUMNS, named=True)[:count])


def _item(row: Any, subtree: uuid.UUID | None) -> Item:
    state = row.state
    if state == Publication.State.LIVE and subtree and row.kind == "page" and f"/{subtree}/" not in row.trail:
        state = "elsewhere"
    return Item(
        seq=row.seq,
        key=row.key,
        locale=row.locale,
        type=row.type,
        schema=row.schema,
        state=state,
        origin=(row.origin_instance, row.origin_key),
        parent=row.parent_key,
        children=row.children,
        etag=row.source_etag,
        modified_at=row.modified_at,
        source=row.body__source if state == Publication.State.LIVE else "",
    )
