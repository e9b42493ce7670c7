"""Editors pin public pages to words; they come first on every engine, and nobody counts what visitors search for."""

import pytest
from django.http import QueryDict
from django.test import Client
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits, SearchPromotion
from wagtail.models import Page, PageViewRestriction

from search.api import search_json
from tests.search.conftest import Publish
from tests.search.library import settle

pytestmark = pytest.mark.usefixtures("engine")
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def pin(words: str, *pages: Page) -> None:
    for order, page in enumerate(pages):
        SearchPromotion.objects.create(query=Query.get(words), page=page, sort_order=order)


def found(words: str, more: str = "") -> tuple[list[str], list[str]]:
    """Return the titles that are pinned, and the others."""
    answer = search_json(QueryDict(f"q={words}{more}"))
    return [item["title"] for item in answer["pinned"]], [item["title"] for item in answer["items"]]


def test_pinned_pages_come_first_in_the_editors_order_and_once(publish: Publish) -> None:
    garden, door = publish("A garden"), publish("A counter with a door")
    publish("A counter")
    settle()
    pin("counter", garden, door)
    assert found("counter") == (["A garden", "A counter with a door"], ["A counter"])
    assert found("Co%C3%BBnter") == found("COUNTER!") == found("counter")
    assert found("counter+door")[0] == []
    assert found("counter", "&page=2") == ([], [])
    assert found("counter", "&city=brussels")[0] == []


def test_the_page_labels_them(client: Client, publish: Publish) -> None:
    garden = publish("A garden")
    publish("A counter")
    settle()
    pin("counter", garden)
    for language, label in {"en": "Chosen by our editors", "fr": "Choisi par notre rédaction"}.items():
        html = client.get(f"/{language}/search/", {"q": "counter"}).content.decode()
        assert html.index(label) < html.index("A garden") < html.index(">A counter<")


def test_they_are_shown_in_the_readers_language(client: Client, publish: Publish) -> None:
    english = publish("A garden")
    publish("Un jardin", "fr", of=english)
    settle()
    pin("guichet", english)
    assert [one.title for one in client.get("/fr/search/", {"q": "guichet"}).context["pinned"]] == ["Un jardin"]
    assert [one.title for one in client.get("/ar/search/", {"q": "guichet"}).context["pinned"]] == ["A garden"]


@pytest.mark.parametrize("how", ["draft", "unpublished", "restricted"])
def test_what_is_not_public_is_not_pinned(client: Client, publish: Publish, how: str) -> None:
    page = publish("A garden", live=how != "draft")
    settle()
    pin("counter", page)
    if how == "unpublished":
        page.unpublish()
    elif how == "restricted":
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert found("counter") == ([], [])
    assert "Chosen by" not in client.get("/en/search/", {"q": "counter"}).content.decode()


def test_visitors_searches_are_written_nowhere(client: Client, publish: Publish) -> None:
    page = publish("A garden")
    settle()
    pin("counter", page)
    client.get("/en/search/", {"q": "counter"})
    client.get("/en/search/", {"q": "zeppelin"})
    client.post("/en/search/", {"q": "zeppelin"}, **OURS)
    client.post("/en/search/suggest/", {"q": "zeppelin"}, **OURS)
    search_json(QueryDict("q=zeppelin"))
    assert list(Query.objects.values_list("query_string", flat=True)) == ["counter"]
    assert QueryDailyHits.objects.count() == 0
