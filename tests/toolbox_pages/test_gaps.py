"""The map of what there is and what is missing."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from tests.counting import queries
from tests.factories import BestPracticePageFactory, TargetGroupFactory, ThemeFactory, Tree, locale
from tests.search.library import settle
from toolbox_pages.gaps import gap_map
from toolbox_pages.models import BestPracticePage

GAPS = "/en/practices/gaps/"


@pytest.fixture
def placed(tree: Tree) -> Tree:
    """Two groups and three themes; three practices in some of the six cells."""
    women, families = (
        TargetGroupFactory(code="migrant-women", name="Migrant women", sort_order=1),
        TargetGroupFactory(code="migrant-families", name="Migrant families", sort_order=2),
    )
    disclosure, training, _unused = (
        ThemeFactory(code=code, name=code.capitalize(), sort_order=order)
        for order, code in enumerate(("disclosure", "training", "unused"))
    )
    first, second, third = tree.practices
    for page, groups, themes in (
        (first, [women], [disclosure, training]),
        (second, [women, families], [disclosure]),
        (third, [], [training]),
    ):
        page.target_groups.set(groups)
        page.themes.set(themes)
        page.save()
    return tree


def cells(client: Client, path: str = GAPS) -> dict[str, list[str]]:
    """Return the text of the cells by row, and the heads of the columns."""
    text = client.get(path).content.decode()
    rows = re.findall(r"<tr>(.*?)</tr>", text, re.DOTALL)
    found = {}
    for row in rows:
        texts = [plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        found[texts[0]] = texts[1:]
    return found


def plain(html: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip())


def test_every_cell_is_counted_and_empty_ones_say_so(placed: Tree, client: Client) -> None:
    assert cells(client) == {
        "Theme": ["Migrant women", "Migrant families"],
        "Disclosure": ["2 practices: Disclosure, Migrant women", "1 practice: Disclosure, Migrant families"],
        "Training": ["1 practice: Training, Migrant women", "Nothing yet: Training, Migrant families"],
        "Unused": ["Nothing yet: Unused, Migrant women", "Nothing yet: Unused, Migrant families"],
    }
    text = plain(client.get(GAPS).content.decode())
    assert "3 practices are counted." in text
    assert "Nothing yet in 3 of 6 places" in text


def test_the_arches_say_the_quantity_too(placed: Tree, client: Client) -> None:
    for number in range(3):
        page = BestPracticePageFactory(parent=placed.index, city=placed.city, title=f"More {number}")
        page.target_groups.set(placed.practices[0].target_groups.all())
        page.themes.set(placed.practices[0].themes.all())
        page.save()
    marks = [[cell.arches for cell in row.cells] for row in gap_map().rows]
    yes, no = True, False
    assert marks[0] == [(yes, yes, yes), (yes, no, no)]
    assert marks[1] == [(yes, yes, yes), (no, no, no)]
    text = client.get(GAPS).content.decode()
    assert [one.count("<path") for one in re.findall(r'<svg class="arches".*?</svg>', text)] == [3, 1, 3]


def test_each_cell_is_a_search_that_finds_as_many(placed: Tree, client: Client) -> None:
    settle()
    rows = gap_map().rows
    assert [len(row.cells) for row in rows] == [2, 2, 2]
    for row in rows:
        for cell in row.cells:
            answer = client.get(cell.url)
            assert (answer.status_code, answer.context["total"]) == (200, cell.count)
    asked = parse_qs(urlsplit(rows[0].cells[0].url).query)
    assert asked == {
        "type": ["toolbox_pages.BestPracticePage"],
        "audience": ["migrant-women"],
        "theme": ["disclosure"],
    }


def test_hidden_practices_are_not_counted(placed: Tree, client: Client) -> None:
    first, second, _third = placed.practices
    PageViewRestriction.objects.create(page=first, restriction_type=PageViewRestriction.LOGIN)
    BestPracticePage.objects.get(pk=second.pk).unpublish()
    shown = gap_map()
    assert (shown.total, shown.empty, shown.size) == (1, 6, 6)


def test_each_language_counts_its_own_tree_and_an_alias_once(placed: Tree, client: Client) -> None:
    first, second, _third = placed.practices
    TargetGroupFactory(code="migrant-women", name="Femmes migrantes", locale=locale("fr"), sort_order=1)
    first.copy_for_translation(locale("fr"), alias=True, copy_parents=True)
    french = second.copy_for_translation(locale("fr"), copy_parents=True)
    french.live = True
    french.save()
    found = cells(client, "/fr/practices/gaps/")
    assert found["Disclosure"][0].endswith(": Disclosure, Femmes migrantes")
    assert [row[0].split()[0] for row in list(found.values())[1:3]] == ["2", "1"]
    # A second copy in the same language shows the same practice.
    Page.objects.get(pk=first.pk).specific.create_alias(parent=placed.index, update_slug="again")
    assert gap_map().rows[0].cells[0].count == 2


def test_a_newcomer_finds_it(tree: Tree, client: Client) -> None:
    for page in (tree.home, tree.toolbox, tree.index):
        assert f'href="{GAPS}"' in client.get(page.url).content.decode()


def test_without_terms_it_says_so(tree: Tree, client: Client) -> None:
    text = client.get(GAPS).content.decode()
    assert "There is nothing here yet." in text
    assert "<table" not in text


def test_the_same_queries_for_1_3_and_30_practices(placed: Tree, client: Client) -> None:
    for practice in placed.practices[1:]:
        practice.delete()
    costs = {}
    made = 1
    for wanted in (1, 3, 30):
        while made < wanted:
            made += 1
            page = BestPracticePageFactory(parent=placed.index, city=placed.city, title=f"More {made}")
            page.target_groups.add(TargetGroupFactory(code=f"group-{made}"))
            page.themes.add(ThemeFactory(code=f"theme-{made}"))
            page.save()
        costs[wanted] = queries(client, GAPS)
    assert costs == dict.fromkeys((1, 3, 30), costs[1])
