"""A recorded row -> what a reader gets: stored bytes cut to the fields that were asked for.

What the bytes name (translations, the parent, related pages, links) may have become hidden since they were stored;
that is checked again now.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db.models import Q, QuerySet, Value
from django.utils import timezone

from equalcity.api.shapes import Selection
from equalcity.core.moments import in_utc
from equalcity.core.statements import statement
from equalcity.publication.late import record_now
from equalcity.publication.models import Publication
from equalcity.publication.predicate import NamesHidden, delivered_pages

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
    "original__object_id",
    "names_hidden",
)


@dataclass(frozen=True)
class Stored:
    """One recorded page, no more of it than an answer needs.

    What speaks of an original is set for aliases only.
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
    original_id: int | None
    # Whether the document names or links to a page that was hidden since.
    names_hidden: bool


def stored_in_order(pages: Sequence[int], *, may_name_pages: bool = True) -> list[Stored]:
    """Read the pages with these ids, in their order, as far as the public can see them.

    What they name is looked at only where it may be shown.
    """
    read = _naming if may_name_pages else _not_naming
    rows = {row[0]: Stored(*row) for row in read(list(pages), timezone.now())}
    return [rows[pk] for pk in pages if pk in rows]


def stored(page: int) -> list[Stored]:
    """Read one page, if the public can see it."""
    return [Stored(*row) for row in _one(page, timezone.now())]


def stored_in_languages(page: int, locales: Sequence[str]) -> list[Stored]:
    """Read a page and its translations in some languages, as far as the public can see it and them."""
    return [Stored(*row) for row in _translations(page, list(locales), timezone.now())]


@statement
def _one(page: int, now: datetime) -> "QuerySet[Publication, Any]":
    # Of one value among several PostgreSQL makes a new plan each time, which takes longer than to follow it.
    return _columns(delivered_pages(now).filter(object_id=page), now)


@statement
def _naming(pages: list[int], now: datetime) -> "QuerySet[Publication, Any]":
    return _columns(delivered_pages(now).filter(object_id__among=pages), now)


@statement
def _not_naming(pages: list[int], now: datetime) -> "QuerySet[Publication, Any]":
    rows = delivered_pages(now).filter(object_id__among=pages)
    return rows.annotate(names_hidden=Value(False)).values_list(*COLUMNS)


@statement
def _translations(page: int, locales: list[str], now: datetime) -> "QuerySet[Publication, Any]":
    named = delivered_pages(now).filter(object_id=page).values("key")
    return _columns(delivered_pages(now).filter(key__in=named, locale__among=locales), now)


def _columns(rows: "QuerySet[Publication]", now: Any) -> "QuerySet[Publication, Any]":
    """What `Stored` holds and nothing else: to read whole rows costs more than all the rest of an answer."""
    names_hidden = Q(NamesHidden("mentions", now)) | Q(NamesHidden("original__mentions", now))
    return rows.annotate(names_hidden=names_hidden).values_list(*COLUMNS)


def documents(rows: Sequence[Stored], selection: Selection, *, asked_locale: str | None = None) -> list[dict[str, Any]]:
    """Return what to show of each row, mostly without a query.

    `asked_locale` is given when other languages may stand in for it. A row that names a page which was hidden since is
    recorded anew first; if it still does, it is left out.
    """
    return [_shown(row, selection, asked_locale) for row in _naming_only_public_pages(rows)]


def _naming_only_public_pages(rows: Sequence[Stored]) -> Sequence[Stored]:
    late = [row for row in rows if row.names_hidden]
    if not late:
        return rows
    record_now([pk for row in late for pk in (row.original_id, row.object_id) if pk])
    again = {row.object_id: row for row in stored_in_order([row.object_id for row in late])}
    now = [again.get(row.object_id) if row.names_hidden else row for row in rows]
    return [row for row in now if row is not None and not row.names_hidden]


def _shown(row: Stored, selection: Selection, asked_locale: str | None) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads(row.document)
    if row.original_document is not None:
        document = orjson.loads(row.original_document) | document
    document["meta"] |= {
        "key": str(row.key),
        "locale": row.locale,
        "origin": {"instance": str(row.origin_instance), "key": str(row.origin_key)},
        "modified_at": in_utc(row.modified_at),
    }
    kept = selection.apply(document)
    if asked_locale is not None:
        kept.setdefault("meta", {})["fallback_from"] = asked_locale if row.locale != asked_locale else None
    return kept
