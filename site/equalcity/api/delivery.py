"""A recorded row -> what a reader gets: stored bytes cut to the fields that were asked for.

What may have become hidden since the bytes were stored (translations, the parent) is checked again now.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from django.db.models import Q, QuerySet

from equalcity.api.listing import published_pages
from equalcity.api.shapes import Selection
from equalcity.publication.models import Publication

COLUMNS = (
    "object_id",
    "parent_id",
    "key",
    "locale",
    "type",
    "origin_instance",
    "origin_key",
    "modified_at",
    "body__document",
    "original__body__document",
)


@dataclass(frozen=True)
class Stored:
    """One recorded page, no more of it than an answer needs.

    `original_document` is set for aliases only, `total` for rows of a slice: how many there are in all.
    """

    object_id: int
    parent_id: int | None
    key: uuid.UUID
    locale: str
    type: str
    origin_instance: uuid.UUID
    origin_key: uuid.UUID
    modified_at: datetime
    document: str
    original_document: str | None
    total: int = 0


def stored(rows: "QuerySet[Publication]") -> list[Stored]:
    """Read what `Stored` holds and nothing else: to read whole rows costs more than all the rest of an answer."""
    columns = (*COLUMNS, "total") if "total" in rows.query.annotations else COLUMNS
    return [Stored(*row) for row in rows.values_list(*columns)]


def documents(
    rows: Sequence[Stored], selection: Selection, *, asked_locale: str | None = None, with_parent: bool = False
) -> list[dict[str, Any]]:
    """Return what to show of each row, in at most one query.

    `asked_locale` is given when other languages may stand in for it.
    """
    visible = _visible_around(rows, selection, with_parent=with_parent)
    return [_document(row, selection, visible, asked_locale) for row in rows]


def _document(row: Stored, selection: Selection, visible: frozenset[int], asked_locale: str | None) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads(row.document)
    if row.original_document is not None:
        document = orjson.loads(row.original_document) | document
    meta = document["meta"]
    meta |= {
        "key": str(row.key),
        "locale": row.locale,
        "origin": {"instance": str(row.origin_instance), "key": str(row.origin_key)},
        "modified_at": iso(row.modified_at),
        "translations": [one for one in meta.get("translations", ()) if one["id"] in visible],
    }
    if meta.get("parent") and meta["parent"]["id"] not in visible:
        meta["parent"] = None
    kept = selection.apply(document)
    if asked_locale is not None:
        kept.setdefault("meta", {})["fallback_from"] = asked_locale if row.locale != asked_locale else None
    return kept


def _visible_around(rows: Iterable[Stored], selection: Selection, *, with_parent: bool) -> frozenset[int]:
    """Return the ids of the pages, of those that the answer is going to name, that the public can see now."""
    wanted = Q()
    if "translations" in selection:
        wanted |= Q(key__in={row.key for row in rows})
    if with_parent and "parent" in selection:
        wanted |= Q(object_id__in=[row.parent_id for row in rows if row.parent_id is not None])
    if not wanted:
        return frozenset()
    return frozenset(pk for pk in published_pages().filter(wanted).values_list("object_id", flat=True) if pk)


def iso(moment: datetime) -> str:
    """Return a time as stock API v2 writes it: ISO 8601 in UTC with a Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
