"""The hunt: coordinates and streets where none may be, in every text column of the database (safety rule 3).

Places that are not exact are looked through for coordinates: their pages, rows, revisions, publications, logs and
translation memory. Streets that were removed are looked for everywhere, by their keyed hashes: they stand nowhere in
words. What is found is named by table, row and column, and never shown.
"""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from wagtail.models import Page, PageLogEntry, Revision
from wagtail_localize.models import StringTranslation, TranslationSource

from equalcity.publication.models import Publication, PublicationBody
from safespace_map.models import RemovedStreet, SafeSpacePage
from safespace_map.precision import COORDINATES, blank_for
from safespace_map.secrets import digest, tokens

# Tables that hold nothing that anybody writes.
QUIET = {"contenttypes.contenttype", "auth.permission", "safespace_map.removedstreet", "migrations.migration"}


@dataclass(frozen=True, order=True)
class Find:
    """Something where it must not be: the table, the row and the column; `key` is the place that it betrays."""

    table: str
    row: str
    column: str
    what: str
    key: uuid.UUID | None = None

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.column}: {self.what}"


def hunt() -> Iterator[Find]:
    """Yield everything that may not be there. Reads the whole database, writes nothing."""
    yield from _stored_with_places()
    yield from _coordinates()
    yield from _removed_streets()


def secret_places() -> dict[int, uuid.UUID]:
    """Return the pages of places that are not exact, with their keys."""
    return dict(SafeSpacePage.objects.exclude(precision="exact").values_list("pk", "translation_key"))


def _stored_with_places() -> Iterator[Find]:
    """Fields of pages, drafts and the memory that such a place must not have."""
    found: Any = SafeSpacePage.objects.exclude(precision="exact").values()
    for row in found:
        yield from _held("safespace_map.SafeSpacePage", row["id"], row, row["precision"], row["translation_key"])
    levels = dict(SafeSpacePage.objects.exclude(precision="exact").values_list("pk", "precision"))
    keys = secret_places()
    for pk, object_id, content in _revisions(levels):
        yield from _held("wagtailcore.Revision", pk, content, levels[int(object_id)], keys[int(object_id)])
    by_key = dict(SafeSpacePage.objects.exclude(precision="exact").values_list("translation_key", "precision"))
    for kept in TranslationSource.objects.filter(object_id__in=by_key):
        content, key = json.loads(kept.content_json), kept.object_id
        yield from _held("wagtail_localize.TranslationSource", kept.pk, content, by_key[key], key)
    rows = Publication.objects.filter(kind="page", key__in=by_key, state=Publication.State.LIVE)
    for pk, key, document, source in rows.values_list("pk", "key", "body__document", "body__source"):
        for text in (document, source):
            said = json.loads(text or "{}")
            yield from _held("publication.PublicationBody", pk, said.get("fields", said), by_key[key], key)


def _revisions(pks: Any) -> Any:
    found = Revision.page_revisions.filter(object_id__in=[str(pk) for pk in pks])
    return list(found.values_list("pk", "object_id", "content"))


def _held(table: str, pk: Any, content: dict[str, Any], precision: str, key: uuid.UUID) -> Iterator[Find]:
    for name, nothing in blank_for(precision).items():
        column = "district_id" if name == "district" and "district_id" in content else name
        if content.get(column, nothing) != nothing:
            yield Find(table, str(pk), column, "must be empty", key)


def _coordinates() -> Iterator[Find]:
    """Positions in texts that belong to a place which is not exact."""
    keys = secret_places()
    names = [str(pk) for pk in keys]
    kinds = ContentType.objects.get_for_models(Page, SafeSpacePage).values()
    rows_of: list[Any] = [
        relation.related_model
        for relation in SafeSpacePage._meta.related_objects
        if relation.related_model._meta.app_label == "safespace_map" and relation.field.name == "page"
    ]
    wanted: list[tuple[Any, Any]] = [
        (SafeSpacePage.objects.filter(pk__in=keys), lambda row: row.translation_key),
        (Revision.objects.filter(content_type__in=kinds, object_id__in=names), lambda row: keys[int(row.object_id)]),
        (PageLogEntry.objects.filter(page__in=keys), lambda row: keys[row.page_id]),
        (TranslationSource.objects.filter(object_id__in=keys.values()), lambda row: row.object_id),
        (
            StringTranslation.objects.filter(context__object_id__in=keys.values()).select_related("context"),
            lambda row: row.context.object_id,
        ),
        (
            PublicationBody.objects.filter(publication__kind="page", publication__key__in=keys.values()).select_related(
                "publication"
            ),
            lambda row: row.publication.key,
        ),
        *((model.objects.filter(page__in=keys), lambda row: keys[row.page_id]) for model in rows_of),
    ]
    for rows, key_of in wanted:
        for row in rows:
            for column, text in _texts_of(row):
                if COORDINATES.search(text):
                    yield Find(row._meta.label, str(row.pk), column, "coordinates", key_of(row))


def _removed_streets() -> Iterator[Find]:
    """Runs of words whose hash is that of a removed street, in all tables, except of a place that has it in public."""
    removed = dict(RemovedStreet.objects.values_list("digest", "key"))
    lengths = sorted(set(RemovedStreet.objects.values_list("words", flat=True)))
    if not removed:
        return
    public = {
        digest(words[start : start + length])
        for street in SafeSpacePage.objects.filter(precision="exact").values_list("street", flat=True)
        for words in [tokens(street)]
        for length in lengths
        for start in range(len(words) - length + 1)
    }
    wanted = {one: key for one, key in removed.items() if one not in public}
    known = cache(digest)
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.label_lower in QUIET or not _text_columns(model):
            continue
        if model._meta.db_table not in _tables():
            continue
        for row in model._base_manager.values("pk", *_text_columns(model)).iterator(chunk_size=500):
            for column, value in row.items():
                if column == "pk" or not value:
                    continue
                words = tokens(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
                runs = (tuple(words[n : n + length]) for length in lengths for n in range(len(words) - length + 1))
                hit = next((known(run) for run in runs if known(run) in wanted), None)
                if hit:
                    yield Find(model._meta.label, str(row["pk"]), column, "a street that was removed", wanted[hit])


@cache
def _tables() -> frozenset[str]:
    return frozenset(connection.introspection.table_names())


@cache
def _text_columns(model: type[models.Model]) -> tuple[str, ...]:
    kinds = (models.CharField, models.TextField, models.JSONField)
    return tuple(
        one.attname for one in model._meta.local_concrete_fields if isinstance(one, kinds) and not one.primary_key
    )


def _texts_of(row: models.Model) -> Iterator[tuple[str, str]]:
    for one in row._meta.concrete_fields:
        if isinstance(one, models.CharField | models.TextField | models.JSONField):
            value = getattr(row, one.attname)
            yield one.name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
