"""Writes one prepared object and marks what changes with it, under the counter's lock."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from wagtail.models import Page

from equalcity.core.models.terms import VOCABULARIES
from equalcity.core.public import IsPublic
from equalcity.core.statements import statement
from equalcity.publication import marks, telling
from equalcity.publication.models import (
    Dirty,
    FeedState,
    Publication,
    PublicationBody,
    PublicationRef,
    Recalled,
)
from equalcity.publication.prepare import Overtaken, Prepared
from equalcity.publication.source import etag

# Keys are the same in every language, so only the rows of one language are below the page that moved.
MOVE_BELOW = """
    UPDATE {table} SET
        seq = %s + numbered.n,
        modified_at = %s,
        trail = %s || SUBSTR({table}.trail, %s),
        "left" = (CASE WHEN {table}."left" = '' THEN '/' ELSE {table}."left" END) || %s
    FROM (
        SELECT id, ROW_NUMBER() OVER (ORDER BY path) AS n FROM {table}
        WHERE locale = %s AND id <> %s AND kind = 'page' AND state = 'live' AND original_id IS NULL
        AND SUBSTR(trail, 1, %s) = %s
    ) numbered
    WHERE {table}.id = numbered.id
"""


@dataclass(frozen=True)
class Recorded:
    """What a round did, in objects."""

    written: int = 0
    withdrawn: int = 0
    unchanged: int = 0
    parked: int = 0

    def __add__(self, other: "Recorded") -> "Recorded":
        return Recorded(
            self.written + other.written,
            self.withdrawn + other.withdrawn,
            self.unchanged + other.unchanged,
            self.parked + other.parked,
        )


class Writer:
    """Writes one object and marks what changes with it. Lives inside one transaction."""

    def __init__(self, counter: FeedState) -> None:
        self.counter = counter
        self.now: datetime = timezone.now()

    def write(self, kind: str, object_id: int, prepared: Prepared | None, *, changed: bool) -> Recorded:
        """Write what was prepared. `changed`: not only what it says of others may have changed.

        Raises `Overtaken` when it is not what one would read now.
        """
        place = next(iter(_place(object_id)), None)
        if prepared is not None and prepared.kind == "page":
            read = (prepared.columns["path"], prepared.columns["url_path"])
            if place is None or (place["path"], place["url_path"]) != read:
                raise Overtaken
            if telling.is_overtaken(self.counter, prepared):
                raise Overtaken
        rows = self._rows_of(kind, object_id, prepared)
        before = [row for row in rows if row.object_id == object_id and row.state == Publication.State.LIVE]
        if prepared is None:
            result = self._withdraw(before)
        else:
            old = next((row for row in rows if speaks_as(row, prepared)), None)
            if prepared.original is None:
                result = self._write_live(before, old, prepared)
            else:
                result = self._write_alias(before, old, prepared, *prepared.original)
        if kind == "page" and place is not None:
            if changed:
                telling.note(self.counter, "page", str(place["translation_key"]))
                marks.awake()
            if place["numchild"]:
                self._mark_stale_below(object_id)
            if prepared is None:
                self._mark_hidden_languages(object_id, place["translation_key"])
            elif telling.is_early(prepared):
                marks.mark_for_later(object_id)
        return result

    def _rows_of(self, kind: str, object_id: int, prepared: Prepared | None) -> list[Publication]:
        """The rows that speak of this object now, a publication or an alias, and those that will."""
        rows = _rows_of_page(object_id) if kind == "page" else _rows_of_term(object_id, VOCABULARIES[kind]._meta.label)
        if prepared is not None and not any(speaks_as(row, prepared) for row in rows):
            rows += Publication.objects.filter(key=prepared.key, locale=prepared.locale)
        return rows

    def _next_seq(self) -> int:
        self.counter.seq += 1
        FeedState.objects.filter(pk=self.counter.pk).update(seq=self.counter.seq)
        return self.counter.seq

    # Withdrawing

    def _withdraw(self, rows: list[Publication]) -> Recorded:
        for row in rows:
            self._withdraw_row(row)
        return Recorded(withdrawn=len(rows))

    def _withdraw_row(self, row: Publication) -> None:
        """Leave a tombstone: no content, no cause. Aliases leave nothing, the feed never spoke of them.

        One of a recalled key says so, which partners act on at once.
        """
        self._mark_parents(row)
        self._mark_named_by(row)
        if row.original_id is not None:
            row.delete()
            return
        marks.mark_pages([pk for pk in row.aliases.values_list("object_id", flat=True) if pk is not None])
        row.aliases.all().delete()
        emptied = Publication(
            pk=row.pk,
            key=row.key,
            locale=row.locale,
            kind=row.kind,
            type=row.type,
            schema=row.schema,
            seq=self._next_seq(),
            state=self._state_of_tombstone(row),
            origin_instance=row.origin_instance,
            origin_key=row.origin_key,
            modified_at=self.now,
            # Somebody who follows only a part of the tree may come by when it is public again elsewhere.
            left=joined([*keys_of(row.left), *keys_of(row.trail)]),
        )
        emptied.save(force_update=True)
        row.refs.all().delete()
        PublicationBody.objects.filter(pk=row.pk).update(document="", source="")

    def say_recalled(self, keys: Iterable[uuid.UUID]) -> None:
        """Let the tombstones that these keys left earlier say it, too: partners may hold what was only withdrawn."""
        for row in Publication.objects.filter(kind="page", key__in=keys, state=Publication.State.WITHDRAWN):
            row.state, row.seq, row.modified_at = Publication.State.RECALLED, self._next_seq(), self.now
            row.save(update_fields=["state", "seq", "modified_at"])

    def _state_of_tombstone(self, row: Publication) -> str:
        recalled = row.kind == "page" and Recalled.objects.filter(key=row.key).exists()
        return Publication.State.RECALLED if recalled else Publication.State.WITHDRAWN

    # Aliases

    def _write_alias(
        self, before: list[Publication], old: Publication | None, prepared: Prepared, key: uuid.UUID, locale: str
    ) -> Recorded:
        for row in before:
            if row.original_id is None:
                self._withdraw_row(row)
        originals = Publication.objects.filter(key=key, locale=locale, original=None, state=Publication.State.LIVE)
        original = originals.first()
        if original is None:
            # The original is marked, too: it marks its aliases once it is recorded.
            return Recorded()
        document = orjson.dumps(prepared.document)
        row = next_of(old, prepared)
        row.original, row.modified_at, row.document_etag = original, original.modified_at, etag(document)
        row.save()
        self._write_body(row, document.decode(), "")
        self._tell_others(old, row)
        return Recorded(written=int(old is None), unchanged=int(old is not None))

    # Live publications

    def _write_live(self, before: list[Publication], old: Publication | None, prepared: Prepared) -> Recorded:
        for row in before:
            if row.original_id is not None:
                row.delete()
        row = next_of(old, prepared)
        was_live = old is not None and old.state == Publication.State.LIVE
        source_etag = etag(prepared.source)
        seen = old is None or not was_live or self._feed_sees(old, prepared, source_etag)
        row.children, row.left = prepared.children, self._left(old, row)
        if seen:
            row.seq, row.modified_at = self._next_seq(), self.now
        if old is not None and not was_live:
            Recalled.objects.filter(key=row.key).delete()
        document_etag = etag(orjson.dumps(prepared.document, option=orjson.OPT_SORT_KEYS))
        changed = seen or row.document_etag != document_etag
        row.source_etag, row.document_etag = source_etag, document_etag
        row.save()
        if changed:
            document = prepared.document
            document["meta"]["modified_at"] = row.modified_at.isoformat()
            self._write_body(row, orjson.dumps(document).decode(), prepared.source.decode())
            row.aliases.update(modified_at=row.modified_at)
        self._write_names(row, prepared)
        if prepared.kind == "page":
            self._tell_others(old if was_live else None, row)
        else:
            telling.tell(self.counter, _vocabulary_of(row.type), row.slug)
        return Recorded(written=int(seen), unchanged=int(not seen))

    def _feed_sees(self, row: Publication, prepared: Prepared, source_etag: str) -> bool:
        """Whether a follower would notice: content, format, place in the tree, or the order of what is below."""
        columns = prepared.columns
        return (
            row.source_etag,
            row.schema,
            row.type,
            row.parent_key,
            row.trail,
            row.children,
            row.origin_instance,
            row.origin_key,
        ) != (
            source_etag,
            columns.get("schema", 1),
            columns["type"],
            columns.get("parent_key"),
            columns.get("trail", ""),
            prepared.children,
            columns["origin_instance"],
            columns["origin_key"],
        )

    def _left(self, old: Publication | None, row: Publication) -> str:
        """Return the keys that this row once stood below and no longer does."""
        if old is None:
            return ""
        now = set(keys_of(row.trail))
        return joined(key for key in (*keys_of(old.left), *keys_of(old.trail)) if key not in now)

    def _write_body(self, row: Publication, document: str, source: str) -> None:
        if not PublicationBody.objects.filter(publication=row).update(document=document, source=source):
            PublicationBody.objects.create(publication=row, document=document, source=source)

    def _write_names(self, row: Publication, prepared: Prepared) -> None:
        """Keep what the page refers to: a reference to a hidden page comes and goes without a word that changes."""
        if set(_names(row.pk)) != prepared.refs:
            row.refs.all().delete()
            PublicationRef.objects.bulk_create(
                PublicationRef(publication=row, kind=kind, name=name) for kind, name in sorted(prepared.refs)
            )

    # What changes with it

    def _tell_others(self, old: Publication | None, row: Publication) -> None:
        """Mark what says something of this page: where it stands, what it is called, where it is found."""
        if old is None:
            self._mark_parents(row)
            self._mark_named_by(row)
            self._mark_below(row)
            return
        if old.trail != row.trail and keys_of(old.trail)[-1:] == [str(row.key)]:
            self._move_below(old, row)
        if old.path != row.path:
            self._mark_parents(old, row)
        if (old.url_path, old.title) != (row.url_path, row.title):
            self._mark_named_by(row)
        if (old.url_path, old.trail) != (row.url_path, row.trail):
            self._mark_below(row)

    def _move_below(self, old: Publication, row: Publication) -> None:
        """Give everything below a moved page its new trail and a number of its own, in one statement.

        A follower of a part of the tree hears at once of a whole branch that it won or lost; documents follow.
        """
        now = set(keys_of(row.trail))
        gone = "".join(f"{key}/" for key in keys_of(old.trail) if key not in now)
        table = connection.ops.quote_name(Publication._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                MOVE_BELOW.format(table=table),
                [
                    self.counter.seq,
                    connection.ops.adapt_datetimefield_value(self.now),
                    row.trail,
                    len(old.trail) + 1,
                    gone,
                    row.locale,
                    row.pk,
                    len(old.trail),
                    old.trail,
                ],
            )
            self.counter.seq += cursor.rowcount
        FeedState.objects.filter(pk=self.counter.pk).update(seq=self.counter.seq)

    def _mark_parents(self, *rows: Publication) -> None:
        """A parent lists its children in their order."""
        parents = {row.parent_id for row in rows if row.kind == "page" and row.parent_id is not None}
        marks.mark_pages(sorted(parents), echo=True)

    def _mark_named_by(self, row: Publication) -> None:
        """Children name their parent, translations each other, referring pages what they refer to."""
        if row.kind != "page":
            telling.tell(self.counter, _vocabulary_of(row.type), row.slug)
        else:
            telling.tell_of_page(self.counter, row)

    def _mark_below(self, row: Publication) -> None:
        """What stands below, and aliases that waited for their original."""
        below = Page.objects.filter(path__startswith=row.path, depth__gt=row.depth, live=True)
        waiting = Page.objects.filter(alias_of_id=row.object_id, live=True)
        marks.mark_pages(sorted({*below.values_list("pk", flat=True), *waiting.values_list("pk", flat=True)}))

    def _mark_hidden_languages(self, page_id: int, key: uuid.UUID) -> None:
        """What came behind a restriction, made there as a draft or alias, hides its key in every language.

        Asked of these few: `unlisted_pages` would look for all that is hidden once for each page of a closed section.
        """
        others = Publication.objects.filter(key=key, kind="page", state=Publication.State.LIVE).exclude(
            object_id=page_id
        )
        hidden = others.filter(~Q(IsPublic("object_id")))
        marks.mark_pages([pk for pk in hidden.values_list("object_id", flat=True) if pk is not None])

    def _mark_stale_below(self, page_id: int) -> None:
        """Siblings' paths and descendants' addresses change without any signal: compare them with the tree.

        What is parked keeps its old ones. Marked again each time, it would park and have this page marked, for ever.
        """
        parked = Dirty.objects.filter(kind="page", parked_at__isnull=False)
        actual = Page.objects.filter(pk=OuterRef("object_id"))
        stale = (
            Publication.objects.filter(kind="page", parent_id=page_id, state=Publication.State.LIVE)
            .annotate(
                actual_path=Subquery(actual.values("path")),
                actual_url_path=Subquery(actual.values("url_path")),
            )
            .exclude(path=F("actual_path"), url_path=F("actual_url_path"))
            .exclude(object_id__in=parked.values("object_id"))
        )
        marks.mark_pages([pk for pk in stale.values_list("object_id", flat=True) if pk is not None])


@statement
def _place(page_id: int) -> "QuerySet[Page, Any]":
    return Page.objects.filter(pk=page_id).values("path", "url_path", "numchild", "translation_key")


@statement
def _rows_of_page(page_id: int) -> "QuerySet[Publication]":
    return Publication.objects.filter(object_id=page_id, kind="page")


@statement
def _rows_of_term(term_id: int, label: str) -> "QuerySet[Publication]":
    return Publication.objects.filter(object_id=term_id, kind="term", type=label)


@statement
def _names(publication_id: int) -> "QuerySet[PublicationRef, tuple[str, str]]":
    return PublicationRef.objects.filter(publication_id=publication_id).values_list("kind", "name")


def next_of(old: Publication | None, prepared: Prepared) -> Publication:
    """Return the live row that follows `old`, or the first one; `old` stays as it was, to be compared with."""
    row = Publication(key=prepared.key, locale=prepared.locale, kind=prepared.kind)
    if old is not None:
        row = Publication(**{one.attname: getattr(old, one.attname) for one in Publication._meta.concrete_fields})
        row._state.adding = False
    for name, value in prepared.columns.items():
        setattr(row, name, value)
    row.state = Publication.State.LIVE
    return row


def speaks_as(row: Publication, prepared: Prepared) -> bool:
    """Return whether a row is the one to write: of this key and locale, and a publication or an alias alike."""
    same = (row.key, row.locale) == (prepared.key, prepared.locale)
    return same and (row.original_id is None) == (prepared.original is None)


def keys_of(trail: str) -> list[str]:
    """Read `/key/key/`."""
    return [key for key in trail.split("/") if key]


def joined(keys: Iterable[str]) -> str:
    """Write `/key/key/`, each key once; nothing for no keys."""
    return "".join(f"{key}/" for key in ["", *dict.fromkeys(keys)]) if (keys := [*keys]) else ""


def _vocabulary_of(label: str) -> str:
    return next(name for name, model in VOCABULARIES.items() if model._meta.label == label)
