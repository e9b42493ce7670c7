"""Toolbox, guide and practice as visitors see them."""

import re

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import PageViewRestriction

from tests.counting import french_alias, queries
from tests.factories import (
    AdaptationFactory,
    BestPracticePageFactory,
    CityFactory,
    ExpertReviewFactory,
    PracticeResourceFactory,
    StandardPageFactory,
    TargetGroupFactory,
    ThemeFactory,
    Tree,
    locale,
)
from toolbox_pages.models import BestPracticePage, RelatedPage


def test_the_guide_lists_its_practices_in_order(tree: Tree, client: Client) -> None:
    text = client.get(tree.index.url).content.decode()
    assert re.findall(r'<h3><a href="[^"]+">([^<]+)</a></h3>', text) == [practice.title for practice in tree.practices]


def test_a_hidden_practice_is_in_no_list(tree: Tree, client: Client) -> None:
    hidden, draft = tree.practices[:2]
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    draft.unpublish()
    text = client.get(tree.index.url).content.decode()
    assert re.findall(r'<h3><a href="[^"]+">([^<]+)</a></h3>', text) == [tree.practices[2].title]


def test_the_guide_has_pages(tree: Tree, client: Client) -> None:
    for number in range(10):
        BestPracticePageFactory(parent=tree.index, city=tree.city, title=f"More {number}")
    first = client.get(tree.index.url).content.decode()
    second = client.get(f"{tree.index.url}?page=2").content.decode()
    assert (first.count('class="result"'), second.count('class="result"')) == (12, 1)
    assert 'rel="next" href="?page=2"' in first
    assert 'rel="prev" href="?page=1"' in second


@pytest.mark.parametrize("asked", ["0", "2", "x", "-1", "9" * 20, "%00", "١"])
def test_a_page_that_does_not_exist_is_a_404(tree: Tree, client: Client, asked: str) -> None:
    assert client.get(f"{tree.index.url}?page={asked}").status_code == 404


def test_the_same_queries_for_1_3_and_30_practices(tree: Tree, client: Client) -> None:
    for practice in tree.practices[1:]:
        practice.delete()
    costs = {}
    made = 1
    for wanted in (1, 3, 30):
        while made < wanted:
            made += 1
            city = CityFactory(code=f"city-{made % 7}")
            BestPracticePageFactory(parent=tree.index, city=city, title=f"More {made}")
        costs[wanted] = [queries(client, address) for address in (tree.index.url, french_alias(tree.index))]
    # From the second page on the paginator draws links, and asks nothing more.
    assert costs == dict.fromkeys((1, 3, 30), costs[1])


def test_the_same_queries_for_1_3_and_30_rows_of_a_practice(tree: Tree, client: Client) -> None:
    practice = tree.practices[0]
    costs = {}
    made = 0
    for wanted in (1, 3, 30):
        while made < wanted:
            made += 1
            PracticeResourceFactory(page=practice)
            ExpertReviewFactory(page=practice)
            AdaptationFactory(page=practice)
            other = StandardPageFactory(parent=tree.home, title=f"Other {made}")
            RelatedPage.objects.create(page=practice, target=other)
            practice.target_groups.add(TargetGroupFactory(code=f"group-{made}"))
            practice.themes.add(ThemeFactory(code=f"theme-{made}"))
            practice.save()
        costs[wanted] = [queries(client, address) for address in (practice.url, french_alias(practice))]
    assert costs == dict.fromkeys((1, 3, 30), costs[1])


def test_the_same_queries_for_1_3_and_30_pages_of_a_toolbox(tree: Tree, client: Client) -> None:
    costs = {}
    made = 1
    for wanted in (1, 3, 30):
        while made < wanted:
            made += 1
            StandardPageFactory(parent=tree.toolbox, title=f"Chapter {made}")
        costs[wanted] = [queries(client, address) for address in (tree.toolbox.url, french_alias(tree.toolbox))]
    assert costs == dict.fromkeys((1, 3, 30), costs[1])


def full_practice(tree: Tree) -> BestPracticePage:
    practice = tree.practices[0]
    practice.is_example = True
    practice.steps = [("step", {"title": "Choose the room", "text": "<p>It has a door.</p>"})]
    practice.target_groups.add(TargetGroupFactory(code="migrant-women", name="Migrant women"))
    practice.save()
    PracticeResourceFactory(page=practice)
    ExpertReviewFactory(page=practice)
    AdaptationFactory(page=practice)
    RelatedPage.objects.create(page=practice, target=tree.about)
    return practice


def words(client: Client, path: str) -> str:
    """Return the text of a page's main part, with single spaces."""
    text = client.get(path).content.decode()
    main = text[text.index("<main") : text.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_a_practice_shows_all_it_records(tree: Tree, client: Client) -> None:
    practice = full_practice(tree)
    text = words(client, practice.url)
    for expected in (
        "City Brussels",
        "For Migrant women",
        "Budget to start €5,000 to €15,000",
        "First result After 4 months",
        "Why it is needed",
        "Choose the room It has a door.",
        "People One coordinator, one day a week Half a day a month",
        "Good practice There are three levels",
        "Relevance 5 of 5",
        "Helps on a working day 3 of 5",
        "Social worker: Needs one room with a door.",
        "no real person gave them",
        "Example City, 2025 What changed: The counter became a library desk.",
        "Used together with this About the project",
        "Example written for demonstration. http://testserver/en/brussels-toolbox/",
    ):
        assert expected in text


def test_labels_are_in_the_reader_s_language_and_text_is_marked(tree: Tree, client: Client) -> None:
    practice = full_practice(tree)
    CityFactory(code="brussels", name="بروكسل", locale=locale("ar"))
    TargetGroupFactory(code="migrant-women", name="نساء مهاجرات", locale=locale("ar"))
    practice.copy_for_translation(locale("ar"), alias=True, copy_parents=True)
    path = practice.url.replace("/en/", "/ar/")
    text = client.get(path).content.decode()
    assert "<dd>بروكسل</dd>" in text
    assert "<dd>نساء مهاجرات</dd>" in text
    assert '<div class="rich" lang="en" dir="ltr"><p>People who lived' in text
    assert '<ol class="steps" lang="en" dir="ltr">' in text


def test_a_hidden_page_is_not_named_as_related(tree: Tree, client: Client) -> None:
    practice = full_practice(tree)
    PageViewRestriction.objects.create(page=tree.about, restriction_type=PageViewRestriction.LOGIN)
    assert "About the project" not in client.get(practice.url).content.decode()


def test_a_related_page_comes_in_the_reader_s_language(tree: Tree, client: Client) -> None:
    practice = full_practice(tree)
    french = tree.about.copy_for_translation(locale("fr"))
    french.title = "À propos"
    french.save_revision().publish()
    practice.copy_for_translation(locale("fr"), alias=True, copy_parents=True)
    text = words(client, practice.url.replace("/en/", "/fr/"))
    with translation.override("fr"):
        heading = gettext("Used together with this")
    assert f"{heading} À propos" in text
