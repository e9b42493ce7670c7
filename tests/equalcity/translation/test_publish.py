"""Publishing a translation: no gap, no restriction lost, nothing public but what was published."""

import ast
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import PageViewRestriction
from wagtail_localize.models import StringTranslation, Translation, TranslationLog

from equalcity.translation.publish import UntranslatedError, publish, restrictions_kept
from equalcity.translation.translate import translate, write_translation
from tests.factories import Tree, UserFactory, locale
from toolbox_pages.models import BestPracticePage

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[3]
FRENCH = {"title": "Titre", "slug": "titre", "summary": "En bref.", "context": "Contexte.", "aim": "But."}


def put_into_memory(translation: Translation, **texts: str) -> None:
    for path, text in texts.items():
        segment = translation.source.stringsegment_set.get(context__path=path)
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=translation.target_locale,
            defaults={"data": text},
        )


@pytest.fixture
def translation(tree: Tree) -> Translation:
    translate(tree.practices[0], [locale("fr")])
    return Translation.objects.get()


def french() -> BestPracticePage:
    return BestPracticePage.objects.get(locale=locale("fr"), alias_of=None)


def test_a_complete_translation_is_published(translation: Translation) -> None:
    put_into_memory(translation, **FRENCH)

    page = publish(translation)

    assert (page.pk, page.live, page.title, page.slug, page.context) == (
        french().pk, True, "Titre", "titre", "<p>Contexte.</p>"
    )  # fmt: skip
    assert TranslationLog.objects.get().revision == page.live_revision


def test_gaps_are_refused_and_nothing_changes(translation: Translation) -> None:
    put_into_memory(translation, title="Titre")
    before = french().revisions.count()

    with pytest.raises(UntranslatedError) as refused:
        publish(translation)

    assert sorted(refused.value.paths) == ["aim", "context", "summary"]
    assert (french().live, french().revisions.count()) == (False, before)


def test_a_changed_original_does_not_bring_its_language_back(tree: Tree, translation: Translation) -> None:
    put_into_memory(translation, **FRENCH)
    publish(translation)
    practice = BestPracticePage.objects.get(pk=tree.practices[0].pk)
    practice.summary = "Corrected."
    practice.save_revision().publish()
    translation.source.update_from_db()

    with pytest.raises(UntranslatedError):
        publish(translation)

    assert (french().live, french().summary) == (True, "En bref.")


def test_without_a_translated_address_the_page_keeps_its_own(translation: Translation) -> None:
    put_into_memory(translation, **FRENCH)
    publish(translation)
    StringTranslation.objects.filter(context__path="slug").delete()

    assert publish(translation).slug == "titre"


def test_an_address_that_is_taken_gets_a_number(tree: Tree, translation: Translation) -> None:
    def fill(page: BestPracticePage) -> None:
        page.slug = "titre"

    write_translation(tree.practices[1], locale("fr"), fill, publish=True)
    put_into_memory(translation, **FRENCH)

    assert publish(translation).slug == "titre-1"


def test_an_own_restriction_stays(translation: Translation) -> None:
    put_into_memory(translation, **FRENCH)
    publish(translation)
    restriction = PageViewRestriction.objects.create(page=french(), restriction_type="login")

    publish(translation)

    assert french().view_restrictions.get() == restriction


def test_texts_in_the_memory_are_not_public(translation: Translation) -> None:
    put_into_memory(translation, **FRENCH)
    publish(translation)
    put_into_memory(translation, summary="Pas encore public.")

    assert french().summary == "En bref."


def test_a_refused_text_is_marked_and_kept(translation: Translation) -> None:
    put_into_memory(translation, **{**FRENCH, "title": "x" * 256})

    with pytest.raises(ValidationError):
        publish(translation)

    kept = StringTranslation.objects.get(context__path="title")
    assert (kept.has_error, kept.data) == (True, "x" * 256)
    assert not french().live


def test_who_may_not_publish_there_is_refused(translation: Translation) -> None:
    put_into_memory(translation, **FRENCH)
    with pytest.raises(PermissionDenied):
        publish(translation, user=UserFactory())
    assert not french().live


def test_restrictions_that_are_dropped_or_weakened_come_back(translation: Translation) -> None:
    restriction = PageViewRestriction.objects.create(page=french(), restriction_type="password", password="one")
    with restrictions_kept(translation.source):
        translation.source.update_target_view_restrictions(locale("fr"))
        assert french().view_restrictions.count() == 0

    kept = french().view_restrictions.get()
    assert (kept.pk, kept.restriction_type, kept.password) == (restriction.pk, "password", "one")


def test_nothing_calls_what_this_replaces() -> None:
    """Neither `save_target` nor `translate_object`: `publish` and `translate` stand for them."""
    packages = ["site", "home", "toolbox_pages", "campaign", "safespace_map", "search"]
    used = [
        (path.relative_to(ROOT), node.lineno)
        for package in packages
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if getattr(node, "attr", getattr(node, "id", getattr(node, "name", ""))) in {"save_target", "translate_object"}
    ]
    assert used == []
