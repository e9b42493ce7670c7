"""The search as JSON says what the page says."""

import pytest
from django.http import QueryDict

from equalcity.publication.models import Publication
from search.api import search_json, suggest_json
from search.backends import get_backend
from search.query import FACETS, BadQuery
from tests.search.conftest import Publish
from tests.search.library import settle

PRACTICE = "toolbox_pages.BestPracticePage"


def test_results_facets_and_engine(publish: Publish) -> None:
    page = publish("A counter", summary="In short.", context="<p>At the counter.</p>", is_example=True)
    settle()
    answer = search_json(QueryDict("q=counter&locale=en"))
    assert answer["meta"] == {"total_count": 1, "page": 1, "page_size": 10, "widened": "", "also": []}
    [item] = answer["items"]
    publication = Publication.objects.get(kind="page", object_id=page.pk)
    assert {name: item[name] for name in ("id", "title", "summary", "highlight")} == {
        "id": page.pk,
        "title": "A counter",
        "summary": "In short.",
        "highlight": "In short. At the <mark>counter</mark>.",
    }
    meta = item["meta"]
    assert (meta["type"], meta["locale"], meta["matched_locale"], meta["key"], meta["example"]) == (
        PRACTICE, "en", "en", str(publication.key), True,
    )  # fmt: skip
    assert meta["html_url"].startswith("http://testserver/en/")
    assert set(answer["facets"]) == set(FACETS)
    assert answer["facets"]["type"] == [{"value": PRACTICE, "label": "Best practice", "count": 1}]
    assert answer["facets"]["language"] == [{"value": "en", "label": "English", "count": 1}]
    assert answer["engine"] == get_backend().name
    assert answer["suggestions"] == []


def test_suggestions(publish: Publish) -> None:
    publish("A counter")
    settle()
    assert suggest_json(QueryDict("q=coun")) == {"suggestions": ["A counter"]}
    assert suggest_json(QueryDict("q=coun&locale=fr")) == {"suggestions": []}
    # What begins otherwise is not forgiven, and offered all the same.
    assert search_json(QueryDict("q=kounter"))["suggestions"] == ["counter"]


@pytest.mark.parametrize("query", ["locale=xx", "locale=%00", "q=%00", "page=x", "city=atlantis", "evidence=x"])
@pytest.mark.django_db
def test_hostile_input_is_refused(query: str) -> None:
    with pytest.raises(BadQuery):
        search_json(QueryDict(query))
