"""Writes one prepared object and marks what changes with it, under the counter's lock."""

import uuid
from dataclasses import dataclass
from datetime import datetime

import orjson
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from wagtail.models import Page

from equalcity.core.models.terms import VOCABULARIES
from equalcity.publication import marks
from equalcity.publication.models import (
    FeedState,
    Publication,
    PublicationBody,
    PublicationRef,
    PublicationTerm,
)
from equalcity.publication.prepare import Prepared
from equalcity.publication.source import etag


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

    def write(self, kind: str, object_id: int, prepared: Prepared | None) -> Recorded:
        before = self._rows_of(kind, object_id)
        if prepared is None:
            result = self._withdraw(before)
        elif prepared.original is not None:
            result = self._write_alias(before, prepared, *prepared.original)
        else:
            result = self._write_live(before, prepared)
        if kind == "page":
            self._mark_stale_below(object_id)
        return result

    def _rows_of(self, kind: str, object_id: int) -> list[Publication]:
        """The rows that speak of this object now: a publication, an alias, or neither."""
        rows = Publication.objects.filter(object_id=object_id, state=Publication.State.LIVE)
        if kind == "page":
            return list(rows.filter(kind="page"))
        return list(rows.filter(kind="term", type=VOCABULARIES[kind]._meta.label))

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
        """Leave a tombstone: no content, no cause. Aliases leave nothing, the feed never spoke of them."""
        self._mark_around(row)
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
            state=Publication.State.WITHDRAWN,
            origin_instance=row.origin_instance,
            origin_key=row.origin_key,
            modified_at=self.now,
        )
        emptied.save(force_update=True)
        row.terms.all().delete()
        row.refs.all().delete()
        PublicationBody.objects.filter(pk=row.pk).update(document="", source="")

    # Aliases

    def _write_alias(
        self, before: list[Publication], prepared: Prepared, original_key: uuid.UUID, original_locale: str
    ) -> Recorded:
        for row in before:
            if row.original_id is None:
                self._withdraw_row(row)
        original = Publication.objects.filter(
            key=original_key,
            locale=original_locale,
            original=None,
            state=Publication.State.LIVE,
        ).first()
        if original is None:
            # The original is marked, too: it marks its aliases once it is recorded.
            return Recorded()
        document = orjson.dumps(prepared.document)
        row, created = Publication.objects.update_or_create(
            key=prepared.key,
            locale=prepared.locale,
            original__isnull=False,
            defaults={
                **prepared.columns,
                "kind": "page",
                "original": original,
                "state": Publication.State.LIVE,
                "modified_at": original.modified_at,
                "document_etag": etag(document),
            },
        )
        PublicationBody.objects.update_or_create(
            publication=row, defaults={"document": document.decode(), "source": ""}
        )
        return Recorded(written=int(created), unchanged=int(not created))

    # Live publications

    def _write_live(self, before: list[Publication], prepared: Prepared) -> Recorded:
        for row in before:
            if row.original_id is not None:
                row.delete()
        old = Publication.objects.filter(key=prepared.key, locale=prepared.locale, original=None).first()
        row = copy_of(old) if old else Publication(key=prepared.key, locale=prepared.locale, kind=prepared.kind)
        source_etag = etag(prepared.source)
        if old is None or old.state != Publication.State.LIVE:
            moved = relocated = True
        else:
            moved = self._feed_sees(old, prepared, source_etag)
            relocated = any(
                getattr(old, name) != prepared.columns.get(name, "") for name in ("url_path", "path", "title")
            )
        left = self._left(old, prepared)
        for name, value in prepared.columns.items():
            setattr(row, name, value)
        row.children, row.left, row.state = prepared.children, left, Publication.State.LIVE
        if moved:
            row.seq, row.modified_at = self._next_seq(), self.now
        document_etag = etag(orjson.dumps(prepared.document, option=orjson.OPT_SORT_KEYS))
        changed = moved or row.document_etag != document_etag
        row.source_etag, row.document_etag = source_etag, document_etag
        row.save()
        if changed:
            self._write_body(row, prepared)
        if relocated and prepared.kind == "page":
            for around in (old, row):
                if around is not None:
                    self._mark_around(around)
            self._mark_new_or_renamed(row)
        if prepared.kind == "term" and changed:
            marks.mark_dependants(_vocabulary_of(row.type), row.slug)
        return Recorded(written=int(moved), unchanged=int(not moved))

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

    def _left(self, old: Publication | None, prepared: Prepared) -> str:
        """Return the keys that this row once stood below and no longer does."""
        if old is None:
            return ""
        now = set(_keys(prepared.columns.get("trail", "")))
        once = [key for key in (*_keys(old.left), *_keys(old.trail)) if key not in now]
        return "".join(f"/{key}" for key in dict.fromkeys(once)) + "/" if once else ""

    def _write_body(self, row: Publication, prepared: Prepared) -> None:
        document = prepared.document
        document["meta"]["modified_at"] = row.modified_at.isoformat()
        PublicationBody.objects.update_or_create(
            publication=row,
            defaults={"document": orjson.dumps(document).decode(), "source": prepared.source.decode()},
        )
        row.terms.all().delete()
        PublicationTerm.objects.bulk_create(
            PublicationTerm(publication=row, vocabulary=vocabulary, code=code)
            for vocabulary, code in sorted(prepared.terms)
        )
        row.refs.all().delete()
        PublicationRef.objects.bulk_create(
            PublicationRef(publication=row, kind=kind, name=name) for kind, name in sorted(prepared.refs)
        )
        marks.mark_pages([pk for pk in row.aliases.values_list("object_id", flat=True) if pk is not None])

    # What changes with it

    def _mark_around(self, row: Publication) -> None:
        """The parent lists its children, these name their parent, translations and referring pages the address."""
        if row.kind != "page":
            return
        others = Publication.objects.filter(kind="page", state=Publication.State.LIVE).exclude(pk=row.pk)
        near = others.filter(
            Q(object_id=row.parent_id)
            | Q(parent_id=row.object_id)
            | Q(key=row.key)
            | Q(refs__kind="page", refs__name=str(row.key))
        )
        marks.mark_pages(sorted({pk for pk in near.values_list("object_id", flat=True) if pk is not None}))

    def _mark_new_or_renamed(self, row: Publication) -> None:
        """What stands below, and aliases that waited for their original."""
        below = Page.objects.filter(path__startswith=row.path, depth__gt=row.depth, live=True)
        waiting = Page.objects.filter(alias_of_id=row.object_id, live=True)
        marks.mark_pages(sorted({*below.values_list("pk", flat=True), *waiting.values_list("pk", flat=True)}))

    def _mark_stale_below(self, page_id: int) -> None:
        """Siblings' paths and descendants' addresses change without any signal: compare them with the tree."""
        page = Page.objects.filter(pk=page_id).values("path", "numchild").first()
        if page is None or not page["numchild"]:
            return
        actual = Page.objects.filter(pk=OuterRef("object_id"))
        stale = (
            Publication.objects.filter(kind="page", parent_id=page_id, state=Publication.State.LIVE)
            .annotate(
                actual_path=Subquery(actual.values("path")),
                actual_url_path=Subquery(actual.values("url_path")),
            )
            .exclude(path=F("actual_path"), url_path=F("actual_url_path"))
        )
        marks.mark_pages([pk for pk in stale.values_list("object_id", flat=True) if pk is not None])


def copy_of(row: Publication) -> Publication:
    """Return a copy to write to, so that the columns as they were stay at hand."""
    copied = Publication(**{one.attname: getattr(row, one.attname) for one in Publication._meta.concrete_fields})
    copied._state.adding = False
    return copied


def _keys(trail: str) -> list[str]:
    return [key for key in trail.split("/") if key]


def _vocabulary_of(label: str) -> str:
    return next(name for name, model in VOCABULARIES.items() if model._meta.label == label)
