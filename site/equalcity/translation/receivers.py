"""Signal receivers of translation, connected in `AppConfig.ready` only."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models.signals import post_save
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from equalcity.publication.signals import pulled
from equalcity.translation.memory import fill, original_of, remember


def connect() -> None:
    post_save.connect(fill_started, sender=Translation, dispatch_uid="translation.fill_started")
    pulled.connect(remember_pulled, dispatch_uid="translation.remember_pulled")


def fill_started(sender: Any, instance: Translation, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Take in the text that a page has when its translation record is made or switched on again.

    Without this the first save in the editor replaces it with the source language.
    """
    switched_on = "enabled" in (kwargs.get("update_fields") or ())
    if raw or not instance.enabled or not (created or switched_on):
        return
    try:
        target = instance.get_target_instance()
    except ObjectDoesNotExist:
        return
    if isinstance(target, Page):
        if target.alias_of_id:
            return
        target = target.get_latest_revision_as_object()
    fill(instance, target)


def remember_pulled(sender: Any, page: Page, **kwargs: Any) -> None:
    """Take a pulled translation into the memory; of a pulled original, those translations that came before it."""
    page = page.specific.get_latest_revision_as_object()
    original = original_of(page)
    if original is not None:
        remember(original.get_latest_revision_as_object(), page)
        return
    for translation in page.get_translations().filter(alias_of=None).specific():
        known = TranslationSource.objects.filter(
            object_id=page.translation_key, translations__target_locale=translation.locale
        )
        if not known.exists():
            remember(page, translation.get_latest_revision_as_object())
