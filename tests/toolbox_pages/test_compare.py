"""Up to four practices side by side."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.counting import french_alias, queries
from tests.factories import (
    BestPracticePageFactory,
    CityFactory,
    CityServiceFactory,
    ExpertReviewFactory,
    PracticeResourceFactory,
    RoleFactory,
    ThemeFactory,
    Tree,
    locale,
)

COMPARE = "/en/practices/compare/"


def address(*pages: Any, language: str = "en") -> str:
    return f"/{language}/practices/compare/?" + "&".join(f"p={page.translation_key}" for page in pages)


def compared(client: Client, path: str) -> list[str]:
    """Return the titles of the columns."""
    answer = client.get(path)
    assert answer.status_code == 200
    head = answer.content.decode().partition("<thead>")[2].partition("</thead>")[0]
    columns = re.findall(r'<th scope="col".*?</th>', head, re.DOTALL)
    return [re.findall(r'<a href="/[^"]+"[^>]*>([^<]+)</a>', column)[0] for column in columns]


def said(client: Client, path: str) -> str:
    text = client.get(path).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text[text.index("<main") : text.index("</main>")]))


def test_two_stand_side_by_side_in_the_order_of_the_address(tree: Tree, client: Client) -> None:
    first, second, _third = tree.practices
    first.themes.add(ThemeFactory(code="disclosure", name="Disclosure"))
    first.services.add(CityServiceFactory(code="libraries", name="Libraries"))
    first.save()
    PracticeResourceFactory(page=first)
    ExpertReviewFactory(page=first)
    ExpertReviewFactory(page=first, relevance=2)
    path = address(second, first)
    assert compared(client, path) == [second.title, first.title]
    text = said(client, path)
    for expected in (
        "About Not said Disclosure",
        "City services Not said Libraries",
        "First result After 4 months After 4 months",
        "What it takes Not said One coordinator, one day a week",
        "Relevance: 5 of 5, 2 of 5",
    ):
        assert expected in text
    # What neither says is no row.
    assert "Used by" not in text


def test_the_table_can_be_scrolled_and_read_by_its_headers(tree: Tree, client: Client) -> None:
    text = client.get(address(*tree.practices)).content.decode()
    assert '<div class="scroll" tabindex="0" role="region" aria-labelledby="compared">' in text
    assert '<caption id="compared">' in text
    assert text.count('<th scope="col"') == 3
    assert text.count('<th scope="row">') == len(re.findall(r"<tr>", text)) - 1


def test_each_can_be_taken_out(tree: Tree, client: Client) -> None:
    first, second, third = tree.practices
    text = client.get(address(first, second, third)).content.decode()
    without = [f"?p={a.translation_key}&amp;p={b.translation_key}" for a, b in ((second, third), (first, third))]
    for query in without:
        assert f'href="{query}"' in text


@pytest.mark.parametrize(
    "query",
    ["", "p=", "p=x", "p=%00", "p=" + "9" * 5000, "q=1", "p=\u0661", "p[]=1", f"p={uuid.UUID(int=5)}", "p=%ff"],
)
def test_what_nobody_knows_is_no_error(tree: Tree, client: Client, query: str) -> None:
    answer = client.get(f"{COMPARE}?{query}")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Choose two, three or four practices." in text
    assert ("practice that you asked for is not here" in text) is query.startswith("p=")
    assert "<table" not in text


def test_one_is_too_few(tree: Tree, client: Client) -> None:
    text = said(client, address(tree.practices[0]))
    assert "One practice is chosen. Choose at least one more." in text
    assert "not here" not in text


def test_twice_the_same_is_one(tree: Tree, client: Client) -> None:
    first, second, _third = tree.practices
    assert compared(client, address(first, second, first)) == [first.title, second.title]
    upper = f"{COMPARE}?p={first.translation_key}&p={str(first.translation_key).upper()}"
    assert "One practice is chosen." in said(client, upper)


def test_of_more_than_four_the_first_four_are_shown(tree: Tree, client: Client) -> None:
    more = [BestPracticePageFactory(parent=tree.index, city=tree.city, title=f"More {n}") for n in range(3)]
    path = address(*tree.practices, *more)
    assert compared(client, path) == [page.title for page in (*tree.practices, more[0])]
    assert "Four fit side by side." in said(client, path)
    assert "Four fit side by side." not in said(client, address(*tree.practices, more[0]))


def test_a_hidden_practice_is_as_unknown_as_one_that_never_was(tree: Tree, client: Client) -> None:
    first, hidden, draft = tree.practices
    other = BestPracticePageFactory(parent=tree.index, city=tree.city, title="Other")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    draft.unpublish()
    never = BestPracticePageFactory.build()
    never.translation_key = uuid.uuid4()
    answers = {client.get(address(first, one, other)).content for one in (hidden, draft, never)}
    assert len(answers) == 1
    text = answers.pop().decode()
    assert "1 practice that you asked for is not here." in text
    assert hidden.title not in text
    assert draft.title not in text


def test_readers_see_their_language(tree: Tree, client: Client) -> None:
    first, second, third = tree.practices
    CityFactory(code="brussels", name="Bruxelles", locale=locale("fr"))
    french = first.copy_for_translation(locale("fr"), copy_parents=True)
    french.title, french.live = "Un guichet plus sûr", True
    french.save()
    second.copy_for_translation(locale("fr"), alias=True, copy_parents=True)
    # The third is in no French tree, and is shown where it stands.
    path = address(first, second, third, language="fr")
    assert compared(client, path) == ["Un guichet plus sûr", second.title, third.title]
    text = client.get(path).content.decode()
    assert text.count('lang="en" dir="ltr"><p>Anyone can ask') == 2
    assert "<p>Bruxelles</p>" in text
    # The language is changed without losing what is compared.
    query = address(first, second, third).partition("?")[2].replace("&", "&amp;")
    assert f'href="/ar/practices/compare/?{query}"' in text


def test_links_and_scripts_in_texts_stay_out_of_the_table(tree: Tree, client: Client) -> None:
    first, second, third = tree.practices
    first.aim = f'<h3>Head</h3><p>To <a linktype="page" id="{third.pk}">it</a><script>x()</script></p>'
    first.save()
    text = client.get(address(first, second)).content.decode()
    assert "<p>To it</p>" in text
    assert "x()" not in text


def test_the_guide_leads_here_without_scripts(tree: Tree, client: Client) -> None:
    text = client.get(tree.index.url).content.decode()
    assert f'<form action="{COMPARE}" method="get"' in text
    assert re.findall(r'<input type="checkbox" name="p" value="([^"]+)">', text) == [
        str(practice.translation_key) for practice in tree.practices
    ]


def test_only_reading_is_possible(tree: Tree, client: Client) -> None:
    assert client.post(COMPARE).status_code == 405
    assert client.head(COMPARE).status_code == 200


def test_the_same_queries_for_2_3_and_4_practices(tree: Tree, client: Client) -> None:
    pages = [*tree.practices, BestPracticePageFactory(parent=tree.index, city=tree.city, title="More")]
    for number, page in enumerate(pages):
        page.city = CityFactory(code=f"city-{number}")
        page.roles.add(RoleFactory(code=f"role-{number}"))
        page.aim = f'<p><a linktype="page" id="{tree.about.pk}">About</a></p>'
        page.save()
        PracticeResourceFactory(page=page)
        ExpertReviewFactory(page=page)
    french_alias(tree.index)
    # In French they are aliases, whose text is in the language of their source.
    costs = {
        number: [queries(client, address(*pages[:number], language=code)) for code in ("en", "fr")]
        for number in (2, 3, 4)
    }
    assert costs == dict.fromkeys((2, 3, 4), costs[2])


def test_the_same_queries_for_3_and_30_practices_to_choose_from(tree: Tree, client: Client) -> None:
    before = queries(client, address(*tree.practices))
    for number in range(27):
        city = CityFactory(code=f"city-{number}")
        BestPracticePageFactory(parent=tree.index, city=city, title=f"More {number}")
    assert queries(client, address(*tree.practices)) == before
    assert client.get(COMPARE).content.decode().count('type="checkbox"') == 30
