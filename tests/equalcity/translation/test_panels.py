"""The dashboard says what needs somebody today."""

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import Translation

from equalcity.translation.panels import behind, translations_of_pages, with_gaps
from equalcity.translation.translate import translate, write_translation
from tests.factories import Tree, UserFactory, locale
from tests.factories.staff import sign_in
from toolbox_pages.models import BestPracticePage

pytestmark = pytest.mark.django_db


def all_translations():
    return translations_of_pages(Page.objects.all())


def fill(page: BestPracticePage) -> None:
    page.title, page.slug, page.summary = "Titre", "titre", "En bref."
    page.context, page.aim = "<p>Contexte.</p>", "<p>But.</p>"


def test_a_started_translation_waits_and_a_complete_one_does_not(tree: Tree) -> None:
    translate(tree.practices[0], [locale("fr")])
    write_translation(tree.practices[1], locale("fr"), fill, publish=True)

    assert [row.source.object_repr for row in with_gaps(all_translations())] == [tree.practices[0].title]


def test_an_original_that_was_published_again_leaves_its_translation_behind(tree: Tree) -> None:
    practice = tree.practices[0]
    write_translation(practice, locale("fr"), fill, publish=True)
    assert list(behind(all_translations())) == []

    practice.refresh_from_db()
    practice.save_revision().publish()

    assert list(behind(all_translations())) == [Translation.objects.get()]


def test_the_panel_shows_it_and_only_to_those_who_may_edit(client: Client, tree: Tree) -> None:
    translate(tree.practices[0], [locale("fr")])
    sign_in(client, UserFactory(is_superuser=True))
    page = client.get("/cms/").content.decode()
    assert "1 translation waits for texts" in page
    assert "1 page with changes that are not public" in page
    assert page.count(tree.practices[0].title) == 2


@pytest.mark.parametrize("number", [1, 3])
def test_the_panel_asks_the_same_number_of_questions(
    client: Client, tree: Tree, number: int, django_assert_max_num_queries
) -> None:
    for practice in tree.practices[:number]:
        translate(practice, [locale("fr")])
    Page.objects.update(latest_revision_created_at=timezone.now())
    sign_in(client, UserFactory(is_superuser=True))
    client.get("/cms/")
    with django_assert_max_num_queries(30):
        client.get("/cms/")
