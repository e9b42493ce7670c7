"""Revisions and translation memory of a place without what may not be known of it (safety rule 3).

A revision is the whole page. wagtail-localize keeps the source of a page, each of its strings, their translations and
what was overridden; strings are shared between pages. What stood in a removed field is deleted; of other texts the
words are taken out, and their translations go on.
"""

import json
import uuid
from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Revision
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    SegmentOverride,
    String,
    StringSegment,
    StringTranslation,
    TemplateSegment,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.strings import StringValue

from safespace_map.secrets import Secrets

SEGMENTS = (StringSegment, TemplateSegment, RelatedObjectSegment, OverridableSegment)


def contents(key: uuid.UUID, pages: list[int]) -> list[dict[str, Any]]:
    """Return a place as its revisions and the memory keep it."""
    sources = TranslationSource.objects.filter(object_id=key).values_list("content_json", flat=True)
    return [*_revisions(pages).values_list("content", flat=True), *map(json.loads, sources)]


def rewrite(key: uuid.UUID, pages: list[int], change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Change a place as its revisions and the memory keep it, in place: its texts and their translations stay."""
    for revision in _revisions(pages):
        Revision.objects.filter(pk=revision.pk).update(content=change(revision.content))
    for source in TranslationSource.objects.filter(object_id=key):
        content = json.dumps(change(json.loads(source.content_json)))
        TranslationSource.objects.filter(pk=source.pk).update(content_json=content)


def forget(key: uuid.UUID, fields: set[str], secrets: Secrets) -> None:
    """Remove these fields and clean every other text that the memory keeps of the page with this key."""
    for source in TranslationSource.objects.filter(object_id=key):
        _update(source, "object_repr", secrets)
    touched = set(
        String.objects.filter(Q(segments__source__object_id=key) | Q(translations__context__object_id=key)).values_list(
            "pk", flat=True
        )
    )
    removed = TranslationContext.objects.filter(object_id=key, path__in=fields)
    for model in SEGMENTS:
        model.objects.filter(context__in=removed).delete()
    SegmentOverride.objects.filter(context__in=removed).delete()
    StringTranslation.objects.filter(context__in=removed).delete()
    for override in SegmentOverride.objects.filter(context__object_id=key):
        _update(override, "data_json", secrets)
    for segment in OverridableSegment.objects.filter(source__object_id=key):
        _update(segment, "data_json", secrets)
    for translation in StringTranslation.objects.filter(context__object_id=key):
        _update(translation, "data", secrets)
        _update(translation, "field_error", secrets)
    for string in String.objects.filter(pk__in=touched):
        _replace(string, key, secrets)
    unused = String.objects.filter(pk__in=touched, segments=None, translations=None)
    unused.delete()


def _revisions(pages: list[int]) -> "QuerySet[Revision]":
    return Revision.page_revisions.filter(object_id__in=[str(pk) for pk in pages])


def _update(row: Any, name: str, secrets: Secrets) -> None:
    cleaned = secrets.clean(getattr(row, name))
    if cleaned != getattr(row, name):
        type(row).objects.filter(pk=row.pk).update(**{name: cleaned})


def _replace(string: String, key: uuid.UUID, secrets: Secrets) -> None:
    """Let this page's segments and translations speak of the cleaned string; other pages keep theirs."""
    cleaned = secrets.clean(string.data)
    if cleaned == string.data:
        return
    other = String.from_value(string.locale, StringValue(cleaned))
    StringSegment.objects.filter(string=string, source__object_id=key).update(string=other)
    for row in StringTranslation.objects.filter(translation_of=string, context__object_id=key):
        twins = StringTranslation.objects.filter(translation_of=other, context=row.context, locale=row.locale)
        if twins.exists():
            row.delete()
        else:
            StringTranslation.objects.filter(pk=row.pk).update(translation_of=other)
