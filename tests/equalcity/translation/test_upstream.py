"""Faults of wagtail and wagtail-localize that `equalcity.translation` and the predicate guard against.

Each test asserts the fault itself. When one fails, upstream has mended it: read the guard that its docstring
names, and drop it if nothing else needs it.
"""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from equalcity.publication.predicate import is_public
from tests.factories import Tree, locale
from toolbox_pages.models import BestPracticePage

pytestmark = pytest.mark.django_db


def put_into_memory(translation: Translation, path: str, text: str) -> None:
    segment = translation.source.stringsegment_set.get(context__path=path)
    StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        defaults={"data": text},
    )


def started(practice: BestPracticePage) -> Translation:
    source, _created = TranslationSource.get_or_create_from_instance(practice)
    return Translation.objects.create(source=source, target_locale=locale("fr"))


def in_french(practice: BestPracticePage) -> BestPracticePage:
    return BestPracticePage.objects.get(translation_key=practice.translation_key, locale=locale("fr"))


def test_save_target_puts_the_source_language_back(tree: Tree, django_capture_on_commit_callbacks) -> None:
    """Guard: `publish.publish` refuses gaps."""
    practice = tree.practices[0]
    translation = started(practice)
    put_into_memory(translation, "summary", "En bref.")
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    assert in_french(practice).summary == "En bref."

    practice.summary = "Corrected."
    practice.save_revision().publish()
    translation.source.update_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)

    assert (in_french(practice).live, in_french(practice).summary) == (True, "Corrected.")


def test_save_target_deletes_a_translations_own_restriction(tree: Tree) -> None:
    """Guard: `publish.publish` leaves restrictions alone."""
    practice = tree.practices[0]
    translation = started(practice)
    translation.save_target(publish=False)
    PageViewRestriction.objects.create(page=in_french(practice), restriction_type="login")

    translation.save_target(publish=True)

    assert in_french(practice).view_restrictions.count() == 0


def test_syncing_deletes_a_translations_own_restriction(tree: Tree) -> None:
    """Guard: `publish.restrictions_kept`."""
    practice = tree.practices[0]
    translation = started(practice)
    translation.save_target(publish=False)
    PageViewRestriction.objects.create(page=in_french(practice), restriction_type="login")

    translation.source.update_target_view_restrictions(locale("fr"))

    assert in_french(practice).view_restrictions.count() == 0


def test_saving_a_draft_overwrites_the_live_row(tree: Tree, django_capture_on_commit_callbacks) -> None:
    """Guard: there is no saving of drafts; texts wait in the memory until `publish.publish`."""
    practice = tree.practices[0]
    translation = started(practice)
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    put_into_memory(translation, "summary", "Pas encore public.")

    translation.save_target(publish=False)

    assert (in_french(practice).live, in_french(practice).summary) == (True, "Pas encore public.")


def test_translating_a_live_page_publishes_it_untranslated(tree: Tree, django_capture_on_commit_callbacks) -> None:
    """Guard: `translate.translate` makes a draft."""
    practice = tree.practices[0]
    with django_capture_on_commit_callbacks(execute=True):
        translate_object(practice, [locale("fr")])

    french = in_french(practice)
    assert (french.live, french.alias_of_id, french.title) == (True, None, practice.title)


def test_not_synchronizing_live_status_makes_a_live_alias_an_untranslated_page(tree: Tree, settings) -> None:
    """Guard: `translate.translate` takes the alias off the site. The setting of wagtail-localize is no way out."""
    settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
    practice = tree.practices[0]
    practice.copy_for_translation(locale("fr"), copy_parents=True, alias=True)

    translate_object(practice, [locale("fr")])

    french = in_french(practice)
    assert (french.live, french.alias_of_id, french.title) == (True, None, practice.title)


def test_a_translation_over_written_text_starts_empty_and_loses_it(tree: Tree) -> None:
    """Guard: `receivers.fill_started`, taken out here by making the record without its signal."""
    practice = tree.practices[0]
    french = practice.copy_for_translation(locale("fr"), copy_parents=True)
    french.summary = "Écrit autrement."
    french.save_revision().publish()
    source, _created = TranslationSource.get_or_create_from_instance(practice)
    (translation,) = Translation.objects.bulk_create([Translation(source=source, target_locale=locale("fr"))])
    assert translation.get_progress()[1] == 0

    translation.save_target(publish=False)

    assert in_french(practice).summary == practice.summary


def test_scheduling_a_draft_makes_its_aliases_live(tree: Tree) -> None:
    """Guard: `publication.predicate` asks the alias's source too."""
    practice = tree.practices[0]
    practice.unpublish()
    practice.refresh_from_db()
    alias = practice.copy_for_translation(locale("fr"), copy_parents=True, alias=True)
    practice.summary = "Secret until tomorrow."
    practice.go_live_at = timezone.now() + datetime.timedelta(days=1)
    practice.save_revision().publish()

    alias.refresh_from_db()
    assert (alias.live, alias.summary) == (True, "Secret until tomorrow.")
    assert not is_public(alias)


def test_a_restricted_pages_aliases_pass_for_public(tree: Tree) -> None:
    """Guard: `publication.predicate` asks the whole translation set."""
    practice = tree.practices[0]
    alias = practice.copy_for_translation(locale("fr"), copy_parents=True, alias=True)
    assert is_public(alias)
    PageViewRestriction.objects.create(page=practice, restriction_type="login")

    assert BestPracticePage.objects.live().public().filter(pk=alias.pk).exists()
    assert not is_public(alias)
