"""Starting a translation without making anything public.

wagtail-localize publishes the copy of a live page at once, in the language of the original. Here a translation
starts as a draft, and stays one until a person publishes it.
"""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils.text import slugify
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import Translation, TranslationSource

from equalcity.core.models import User
from equalcity.translation import memory
from equalcity.translation.turns import take_turn


def translate(page: Page, locales: Iterable[Locale], user: User | None = None) -> list[Page]:
    """Return the translations of `page` in `locales`, each made as a draft where there was none or an alias.

    An alias that becomes a draft leaves the site until the draft is published. Parents that are missing in a
    language are made as aliases. Translations that exist stay as they are.
    """
    with transaction.atomic():
        take_turn(page.translation_key)
        page = _as_stored(page.alias_of or page)
        source, _changed = TranslationSource.update_or_create_from_instance(page)
        begun = [_start(page, source, locale, user) for locale in locales if locale.pk != page.locale_id]
    return [target for target, _translation in begun]


def _as_stored(page: Page) -> Page:
    """A page in memory is stale once it was published: what is translated is what the database holds."""
    stored: Page = Page.objects.get(pk=page.pk).specific
    return stored


def _start(page: Page, source: TranslationSource, locale: Locale, user: User | None = None) -> tuple[Page, Translation]:
    """Return the translation as it is stored, and the record of it."""
    # The record comes first: text that stands in a page when a record is made counts as translated.
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    if not translation.enabled:
        translation.enabled = True
        translation.save(update_fields=["enabled"])
    target = page.get_translation_or_none(locale)
    if target is None:
        target = page.copy_for_translation(locale, copy_parents=True)
    elif target.alias_of_id:
        target = target.specific
        was_live = target.live
        ConvertAliasPageAction(target, user=user).execute(skip_permission_checks=True)
        if was_live:
            UnpublishPageAction(target, user=user).execute(skip_permission_checks=True)
    return type(page).objects.get(pk=target.pk), translation


def write_translation(source_page: Page, locale: Locale, fill: Callable[[Page], None], publish: bool) -> Page:
    """Write the translation of `source_page` in one go and return it.

    `fill` gets the page, with all that does not depend on language as in the source, and sets its texts. The
    texts go into the translation memory. Calling it again with the same texts changes nothing.
    """
    with transaction.atomic():
        take_turn(source_page.translation_key)
        source_page = _as_stored(source_page.alias_of or source_page)
        source, _changed = TranslationSource.update_or_create_from_instance(source_page)
        target, translation = _start(source_page, source, locale)
        page: Page = target.get_latest_revision_as_object()
        before = page.serializable_data()
        copy_synchronised_fields(source_page, page)
        fill(page)
        page.slug = find_available_slug(
            target.get_parent(), slugify(page.slug) or target.slug, ignore_page_id=target.pk
        )
        if page.serializable_data() != before or (publish and not target.live):
            revision = page.save_revision()
            if publish:
                revision.publish()
            elif not page.live:
                page.save()
        memory.fill(translation, page)
    fresh: Page = type(source_page).objects.get(pk=target.pk)
    return fresh
