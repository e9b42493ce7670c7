"""Translations start as drafts and are written in one go."""

import pytest
from wagtail.models import Page
from wagtail_localize.models import Translation

from equalcity.publication.predicate import is_public
from equalcity.translation.translate import translate, write_translation
from tests.factories import ExpertReviewFactory, Tree, UserFactory, locale
from toolbox_pages.models import BestPracticePage

pytestmark = pytest.mark.django_db


def texts(page: Page) -> tuple[str, str, bool]:
    return page.title, page.summary, page.live


def test_a_translation_starts_as_a_draft_and_makes_its_parents(tree: Tree) -> None:
    user = UserFactory()
    (french,) = translate(tree.practices[0], [locale("fr")], user=user)

    assert (french.live, french.alias_of_id, french.locale.language_code) == (False, None, "fr")
    assert french.get_latest_revision() is not None
    parents = [(page.live, page.alias_of_id) for page in french.get_ancestors().filter(depth__gt=2)]
    assert parents == [(True, tree.toolbox.pk), (True, tree.index.pk)]
    translation = Translation.objects.get()
    assert (translation.enabled, translation.get_progress()[1]) == (True, 0)


def test_an_alias_leaves_the_site_when_its_translation_starts(tree: Tree) -> None:
    practice = tree.practices[0]
    alias = practice.copy_for_translation(locale("fr"), copy_parents=True, alias=True)
    assert is_public(alias)

    (french,) = translate(practice, [locale("fr")])

    assert (french.pk, french.live, french.alias_of_id) == (alias.pk, False, None)
    assert not is_public(french)


def test_asked_of_an_alias_its_source_is_translated(tree: Tree) -> None:
    practice = tree.practices[0]
    alias = practice.copy_for_translation(locale("ar"), copy_parents=True, alias=True)

    (french,) = translate(alias, [locale("fr")])

    assert Translation.objects.get().source.locale == practice.locale
    assert french.translation_key == practice.translation_key


def test_a_live_translation_stays_as_it_is(tree: Tree) -> None:
    practice = tree.practices[0]
    french = practice.copy_for_translation(locale("fr"), copy_parents=True)
    french.title = "Un accueil plus sûr"
    french.save_revision().publish()

    (again,) = translate(practice, [locale("fr")])

    assert texts(again) == ("Un accueil plus sûr", practice.summary, True)
    assert Translation.objects.get().get_progress()[1] == Translation.objects.get().get_progress()[0]


def test_the_own_language_is_left_out(tree: Tree) -> None:
    assert translate(tree.practices[0], [locale("en")]) == []


def write_french(page: BestPracticePage) -> None:
    page.title = "Un accueil plus sûr au guichet"
    page.slug = "accueil-plus-sur"
    page.summary = "En bref."
    page.context = "<p>Des personnes viennent pour autre chose.</p>"
    page.aim = "<p>Demander de l’aide en une phrase.</p>"
    for review in page.reviews.all():
        review.reviewer_role, review.comment = "Travailleuse sociale", "Il faut une porte."


def test_a_written_translation_is_public_and_remembered(tree: Tree) -> None:
    practice = tree.practices[0]
    ExpertReviewFactory(page=practice)

    french = write_translation(practice, locale("fr"), write_french, publish=True)

    assert texts(french) == ("Un accueil plus sûr au guichet", "En bref.", True)
    assert (french.slug, is_public(french)) == ("accueil-plus-sur", True)
    review = french.reviews.get()
    assert (review.reviewer_role, review.relevance, review.translation_key) == (
        "Travailleuse sociale",
        5,
        practice.reviews.get().translation_key,
    )
    assert Translation.objects.get().get_progress() == (7, 7)


def test_writing_the_same_again_changes_nothing(tree: Tree) -> None:
    practice = tree.practices[0]
    ExpertReviewFactory(page=practice)
    first = write_translation(practice, locale("fr"), write_french, publish=True)

    again = write_translation(practice, locale("fr"), write_french, publish=True)

    assert again.revisions.count() == first.revisions.count()
    assert again.last_published_at == first.last_published_at


def test_a_stale_original_in_memory_is_read_again(tree: Tree) -> None:
    stale = BestPracticePage.objects.get(pk=tree.practices[0].pk)
    tree.practices[0].sustainability = "<p>The city pays.</p>"
    tree.practices[0].save_revision().publish()

    write_translation(stale, locale("fr"), write_french, publish=True)

    paths = Translation.objects.get().source.stringsegment_set.values_list("context__path", flat=True)
    assert "sustainability" in paths


def test_what_does_not_depend_on_language_follows_the_source(tree: Tree) -> None:
    practice = tree.practices[0]
    write_translation(practice, locale("fr"), write_french, publish=True)
    practice.months = 9
    practice.save_revision().publish()

    french = write_translation(practice, locale("fr"), write_french, publish=True)

    assert french.months == 9


def test_a_translation_written_as_a_draft_is_not_public(tree: Tree) -> None:
    practice = tree.practices[0]
    practice.copy_for_translation(locale("fr"), copy_parents=True, alias=True)

    french = write_translation(practice, locale("fr"), write_french, publish=False)

    assert texts(french) == ("Un accueil plus sûr au guichet", "En bref.", False)


def test_a_draft_over_a_live_translation_leaves_what_is_public(tree: Tree) -> None:
    practice = tree.practices[0]
    write_translation(practice, locale("fr"), write_french, publish=True)

    def change(page: BestPracticePage) -> None:
        write_french(page)
        page.summary = "Pas encore public."

    french = write_translation(practice, locale("fr"), change, publish=False)

    assert (french.summary, french.get_latest_revision_as_object().summary) == ("En bref.", "Pas encore public.")


def test_a_title_without_latin_letters_keeps_a_valid_address(tree: Tree) -> None:
    def fill(page: BestPracticePage) -> None:
        page.title = page.slug = "مكان آمن"

    arabic = write_translation(tree.practices[0], locale("ar"), fill, publish=True)

    assert (arabic.title, arabic.slug) == ("مكان آمن", tree.practices[0].slug)
