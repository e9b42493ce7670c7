"""A recorded row -> what a reader gets: stored bytes cut to the fields that were asked for.

What the bytes name (translations, the parent, related pages, links) may have become hidden since they were stored;
that is checked again now.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from django.db.models import QuerySet
from wagtail.models import Page

from equalcity.api.shapes import Selection
from equalcity.publication.late import record_now
from equalcity.publication.models import Publication
from equalcity.publication.predicate import delivered_pages, public_pages

COLUMNS = (
    "object_id",
    "key",
    "locale",
    "type",
    "origin_instance",
    "origin_key",
    "modified_at",
    "body__document",
    "original__body__document",
    "mentions",
    "original__object_id",
    "original__mentions",
)


@dataclass(frozen=True)
class Stored:
    """One recorded page, no more of it than an answer needs.

    What speaks of an original is set for aliases only, `total` for rows of a slice: how many there are in all.
    """

    object_id: int
    key: uuid.UUID
    locale: str
    type: str
    origin_instance: uuid.UUID
    origin_key: uuid.UUID
    modified_at: datetime
    document: str
    original_document: str | None
    own_mentions: list[int]
    original_id: int | None
    original_mentions: list[int] | None
    total: int = 0

    @property
    def mentions(self) -> set[int]:
        """The pages that the document names or links to."""
        return {*self.own_mentions, *(self.original_mentions or ())}


def stored(rows: "QuerySet[Publication]") -> list[Stored]:
    """Read what `Stored` holds and nothing else: to read whole rows costs more than all the rest of an answer."""
    columns = (*COLUMNS, "total") if "total" in rows.query.annotations else COLUMNS
    return [Stored(*row) for row in rows.values_list(*columns)]


def documents(rows: Sequence[Stored], selection: Selection, *, asked_locale: str | None = None) -> list[dict[str, Any]]:
    """Return what to show of each row, in at most one query.

    `asked_locale` is given when other languages may stand in for it. A row that names a page which was hidden since is
    recorded anew first; if it still does, it is left out.
    """
    if selection.may_name_pages:
        rows = _naming_only_public_pages(rows)
    return [_shown(row, selection, asked_locale) for row in rows]


def _naming_only_public_pages(rows: Sequence[Stored]) -> Sequence[Stored]:
    late = _naming_hidden_pages(rows)
    if not late:
        return rows
    record_now([pk for row in rows if row.object_id in late for pk in (row.original_id, row.object_id) if pk])
    again = {row.object_id: row for row in stored(delivered_pages().filter(object_id__in=late))}
    hidden = _naming_hidden_pages(list(again.values()))
    now = [again.get(row.object_id) if row.object_id in late else row for row in rows]
    return [row for row in now if row is not None and row.object_id not in hidden]


def _naming_hidden_pages(rows: Sequence[Stored]) -> set[int]:
    mentioned = {pk for row in rows for pk in row.mentions}
    if not mentioned:
        return set()
    # A page that is public may be named before it is recorded itself, so the pages are asked, not their publications.
    public = set(public_pages(Page.objects.filter(pk__in=mentioned)).values_list("pk", flat=True))
    return {row.object_id for row in rows if not row.mentions <= public}


def _shown(row: Stored, selection: Selection, asked_locale: str | None) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads(row.document)
    if row.original_document is not None:
        document = orjson.loads(row.original_document) | document
    document["meta"] |= {
        "key": str(row.key),
        "locale": row.locale,
        "origin": {"instance": str(row.origin_instance), "key": str(row.origin_key)},
        "modified_at": iso(row.modified_at),
    }
    kept = selection.apply(document)
    if asked_locale is not None:
        kept.setdefault("meta", {})["fallback_from"] = asked_locale if row.locale != asked_locale else None
    return kept


def iso(moment: datetime) -> str:
    """Return a time as stock API v2 writes it: ISO 8601 in UTC with a Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
