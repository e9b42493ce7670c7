"""Every page stands in every language."""

import pytest
from wagtail.models import Locale, Page
from wagtail_localize.models import LocaleSynchronization

from equalcity.translation.translate import write_translation
from equalcity.translation.tree import make_aliases, synchronize
from tests.factories import BestPracticeIndexPageFactory, StandardPageFactory, Tree, locale
from toolbox_pages.models import BestPracticePage

pytestmark = pytest.mark.django_db


def aliases_of(page: Page) -> set[str]:
    return set(Page.objects.filter(alias_of=page).values_list("locale__language_code", flat=True))


def others() -> set[str]:
    return set(Locale.objects.exclude(language_code="en").values_list("language_code", flat=True))


def test_every_page_gets_an_alias_in_every_language(tree: Tree) -> None:
    synchronize(locale("en"))

    assert [aliases_of(page) for page in (tree.toolbox, *tree.practices, tree.about)] == [others()] * 5
    assert aliases_of(tree.home) == others() - {"fr", "ar"}


def test_calling_it_again_makes_what_is_missing_and_nothing_else(tree: Tree) -> None:
    synchronize(locale("en"))
    before = set(Page.objects.values_list("pk", flat=True))
    synchronize(locale("en"))
    assert set(Page.objects.values_list("pk", flat=True)) == before

    page = StandardPageFactory(parent=tree.home, title="New")
    synchronize(locale("en"))

    assert aliases_of(page) == others()
    assert LocaleSynchronization.objects.count() == len(others())


def test_translations_stay(tree: Tree) -> None:
    def fill(page: Page) -> None:
        page.title = "À propos"

    write_translation(tree.about, locale("fr"), fill, publish=True)
    synchronize(locale("en"))

    assert aliases_of(tree.about) == others() - {"fr"}


def test_a_page_made_by_code_gets_its_aliases_on_request(tree: Tree) -> None:
    synchronize(locale("en"))
    page = StandardPageFactory(parent=tree.home, title="New")
    make_aliases(page)

    assert aliases_of(page) == others()


def test_a_translation_that_stands_elsewhere_is_not_made_again(tree: Tree) -> None:
    """Its parent's alias is made on the way, before the parent's own turn comes."""
    first = tree.practices[0]
    write_translation(first, locale("fr"), lambda page: setattr(page, "title", "Un comptoir"), publish=True)
    french = BestPracticePage.objects.get(translation_key=first.translation_key, locale=locale("fr"))
    elsewhere = BestPracticeIndexPageFactory(parent=tree.home, title="Another guide")
    elsewhere.copy_for_translation(locale("fr"), copy_parents=True, alias=True)
    french.move(elsewhere.get_translation(locale("fr")), pos="last-child")

    synchronize(locale("en"))

    assert [aliases_of(page) for page in tree.practices] == [others() - {"fr"}, others(), others()]
