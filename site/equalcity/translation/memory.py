"""The translation memory kept true for text that was not written in the translation editor.

wagtail-localize knows of a translated text only what passed through its editor. Text that was pulled from a
partner, loaded from files or edited directly starts at 0 translated segments, and the first save in the editor
puts the source language in its place. `remember` closes that gap.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from wagtail.fields import RichTextField
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import (
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue, validate_translation_links


def original_of(page: Page) -> Page | None:
    """Return the page that `page` is a translation of, or None when it is the original itself.

    The original is what a translation record names; without one, the page in the default language, or else the
    oldest page of the set that has text of its own.
    """
    record = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id
    ).select_related("source")
    for translation in record:
        try:
            found: Page = translation.source.get_source_instance()
        except ObjectDoesNotExist:
            continue
        return found
    own = Page.objects.filter(translation_key=page.translation_key, alias_of=None).order_by("pk")
    original = own.filter(locale=Locale.get_default()).first() or own.first()
    return None if original is None or original.pk == page.pk else original.specific


def remember(source_page: Page, target_page: Page) -> int:
    """Take the text of `target_page` into the memory as the translation of `source_page`; return how many strings.

    Both are specific pages, possibly with changes that are not saved. Makes the translation record when there is
    none. Strings are matched by where they stand; where a text has more or fewer paragraphs than its source,
    nothing is taken, and the place waits for a person.
    """
    with transaction.atomic():
        source, _changed = TranslationSource.update_or_create_from_instance(source_page)
        translation, _created = Translation.objects.get_or_create(source=source, target_locale=target_page.locale)
        return fill(translation, target_page)


def fill(translation: Translation, target: TranslatableMixin) -> int:
    """Make the memory of one translation say what `target` says; return the number of usable strings."""
    source = translation.source
    wanted: dict[str, list[StringSegment]] = defaultdict(list)
    rows = source.stringsegment_set.select_related("string", "context").order_by("order")
    for segment in rows:
        wanted[segment.context.path].append(segment)
    given: dict[str, list[StringSegmentValue]] = defaultdict(list)
    values: dict[str, object] = {}
    for value in extract_segments(target):
        if isinstance(value, StringSegmentValue):
            given[value.path].append(value)
        elif isinstance(value, OverridableSegmentValue):
            values[value.path] = value.data

    texts: dict[tuple[int, int], tuple[StringSegment, str]] = {}
    empty = set(left_empty(target))
    for path, segments in wanted.items():
        if path in empty:
            texts[segments[0].string_id, segments[0].context_id] = (segments[0], "")
        if len(segments) == len(given[path]):
            for segment, value in zip(segments, given[path], strict=True):
                texts.setdefault((segment.string_id, segment.context_id), (segment, value.string.data))
    with transaction.atomic():
        _keep_overrides(translation, values)
        return _keep_strings(translation, texts, [row for rows in wanted.values() for row in rows])


def left_empty(target: Any) -> Iterator[str]:
    """Yield where plain texts of a page and its rows are empty that may be: that, too, is a translation.

    French may need no other spelling of a word for which English has three. A missing paragraph of a longer text is
    no such choice, and waits.
    """
    for declared in get_translatable_fields(type(target)):
        field = declared.get_field(type(target))
        if not declared.is_translated(target) or isinstance(field, RichTextField):
            continue
        if isinstance(field, models.ManyToOneRel):
            for row in getattr(target, field.name).all():
                yield from (f"{field.name}.{row.translation_key}.{path}" for path in left_empty(row))
        optional = isinstance(field, models.CharField | models.TextField) and field.blank and not field.choices
        if optional and field.value_from_object(target) == "":
            yield field.name


def leave_empty(translation: Translation, target: TranslatableMixin) -> None:
    """Empty what the memory knows to be left empty: wagtail-localize puts the original's text there."""
    segments = translation.source.stringsegment_set.annotate_translation(translation.target_locale)
    empty = [
        StringSegmentValue(segment.context.path, StringValue("")).with_order(segment.order)
        for segment in segments.filter(translation="").select_related("context")
    ]
    ingest_segments(target, target, translation.source.locale, translation.target_locale, empty)


def _keep_strings(
    translation: Translation,
    texts: dict[tuple[int, int], tuple[StringSegment, str]],
    segments: Iterable[StringSegment],
) -> int:
    """Store `texts`, and forget what the memory holds for any other of the segments."""
    locale = translation.target_locale
    present = {
        (row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(locale=locale, context__object_id=translation.source.object_id)
    }
    new, changed, usable = [], [], 0
    for place, (segment, text) in texts.items():
        broken = not _is_usable(segment.string.data, text)
        usable += not broken
        row = present.get(place)
        if row is None:
            new.append(
                StringTranslation(
                    translation_of_id=place[0],
                    context_id=place[1],
                    locale=locale,
                    data=text,
                    translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                    has_error=broken,
                )
            )
        elif row.data != text or row.has_error != broken:
            row.data, row.has_error, row.field_error, row.updated_at = text, broken, "", timezone.now()
            changed.append(row)
    places = {(segment.string_id, segment.context_id) for segment in segments}
    outdated = [row.pk for place, row in present.items() if place in places and place not in texts]
    StringTranslation.objects.bulk_create(new, batch_size=200)
    StringTranslation.objects.bulk_update(changed, ["data", "has_error", "field_error", "updated_at"], batch_size=200)
    StringTranslation.objects.filter(pk__in=outdated).delete()
    return usable


def _is_usable(source: str, text: str) -> bool:
    """The editor's own test: well-formed, and with no link that the source does not have."""
    try:
        StringValue.from_translated_html(text)
        validate_translation_links(source, text)
    except ValueError:
        return False
    return True


def _keep_overrides(translation: Translation, values: dict[str, object]) -> None:
    """Keep pictures, pages and addresses that the translation chose differently from its source."""
    for segment in translation.source.overridablesegment_set.select_related("context"):
        path = segment.context.path
        if path not in values:
            continue
        here: dict[str, Any] = {"locale": translation.target_locale, "context": segment.context}
        if values[path] == segment.data:
            SegmentOverride.objects.filter(**here).delete()
        else:
            data = json.dumps(values[path], cls=DjangoJSONEncoder)
            SegmentOverride.objects.update_or_create(**here, defaults={"data_json": data, "has_error": False})


def waiting(translation: Translation) -> "models.QuerySet[StringSegment]":
    """Return the strings of the source that have no usable translation.

    The address (slug) never waits: without a translation, a page keeps the one it has.
    """
    segments = translation.source.stringsegment_set.annotate_translation(translation.target_locale)
    found: models.QuerySet[StringSegment] = (
        segments.filter(translation=None).exclude(context__path="slug").select_related("string", "context")
    )
    return found


def mark_errors(translation: Translation, error: ValidationError) -> None:
    """Say in the editor, at each text concerned, why the page could not be saved with it."""
    for field, messages in error.error_dict.items() if hasattr(error, "error_dict") else ():
        contexts = TranslationContext.objects.filter(object_id=translation.source.object_id, path=field)
        for row in StringTranslation.objects.filter(context__in=contexts, locale=translation.target_locale):
            row.set_field_error(messages)
