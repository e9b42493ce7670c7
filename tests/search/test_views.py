"""The visitors' page: sealed words, links that keep to their kind, other languages, sound refusals."""

import logging
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from search.query import SearchQuery
from search.sealed import seal, unseal
from tests.factories import ThemeFactory, Tree, locale, make_tree
from tests.factories.kept import Keep, Kept
from tests.search.conftest import Publish, publishing_in
from tests.search.library import settle

OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}
PATH = "/en/search/"


def shown(response: HttpResponse) -> list[str]:
    return [result.title for result in response.context["results"]]


def links(response: HttpResponse) -> list[str]:
    """Return every address inside the page that leads to the search."""
    found = re.findall(r'href="([^"]+)"', response.content.decode())
    return [unescape(link) for link in found if "/search/?" in link]


def make_counters() -> None:
    publish = publishing_in(make_tree(practices=0))
    theme = ThemeFactory(code="disclosure", name="Disclosure")
    ThemeFactory(code="disclosure", name="Se confier", locale=locale("fr"))
    for number in range(12):
        publish(f"Counter {number:02}", themes=[theme] if number % 2 else [])
    publish(
        "Le guichet tranquille", "fr", city="rome", context="<p>Un guichet où l’on peut parler.</p>", themes=[theme]
    )
    settle()


@pytest.fixture(scope="session")
def kept_counters(keep: Keep) -> Kept[None]:
    return keep(make_counters)


@pytest.fixture
def counters(db: None, kept_counters: Kept[None]) -> None:
    kept_counters.again()


def test_a_plain_address_is_answered(client: Client, counters: None) -> None:
    response = client.get(PATH, {"q": "counter"})
    assert response.status_code == 200
    rest = client.get(PATH, {"q": "counter", "page": "2"})
    assert (len(shown(response)), len(shown(rest))) == (10, 2)
    assert sorted(shown(response) + shown(rest)) == [f"Counter {number:02}" for number in range(12)]
    assert response.context["total"] == 12
    assert response.context["pages"] == {
        "number": 1, "count": 2, "previous_url": "", "next_url": "/en/search/?q=counter&page=2",
    }  # fmt: skip
    assert response.context["share_url"] == "http://testserver/en/search/?q=counter"
    themes = next(group for group in response.context["facets"] if group["name"] == "theme")
    assert themes == {
        "name": "theme",
        "label": "Theme",
        "options": [
            {
                "value": "disclosure",
                "label": "Disclosure",
                "count": 6,
                "selected": False,
                "url_toggle": "/en/search/?q=counter&theme=disclosure",
            }
        ],
    }


def test_the_form_leads_to_a_sealed_address(client: Client, counters: None) -> None:
    response = client.post(PATH, {"q": "counter", "theme": "disclosure"}, **OURS)
    assert response.status_code == 303
    address = urlsplit(response["Location"])
    assert address.path == PATH
    assert list(parse_qs(address.query)) == ["s"]
    assert unseal(parse_qs(address.query)["s"][0]).urlencode() == "q=counter&theme=disclosure"
    response = client.get(response["Location"])
    assert len(shown(response)) == 6
    assert response.context["query"] == "counter"
    assert [chip["label"] for chip in response.context["chips"]] == ["Disclosure"]


def test_an_empty_form_leads_to_the_whole_list(client: Client, counters: None) -> None:
    assert client.post(PATH, {"q": "  "}, **OURS)["Location"] == PATH
    assert client.get(PATH).context["total"] == 12 + 4


def test_links_of_a_sealed_visit_are_sealed(client: Client, counters: None) -> None:
    sealed = client.get(PATH, {"s": seal(SearchQuery("counter", filters={"theme": ("disclosure",)}))})
    assert links(sealed)
    assert {tuple(parse_qs(urlsplit(link).query)) for link in links(sealed)} == {("s",)}
    plain = client.get(PATH, {"q": "counter", "theme": "disclosure"})
    assert [unseal(parse_qs(urlsplit(link).query)["s"][0]).urlencode() for link in links(sealed)] == [
        urlsplit(link).query for link in links(plain)
    ]
    assert sealed.context["share_url"] == plain.context["share_url"]


def test_words_stand_in_no_title_address_or_log(
    client: Client, counters: None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    location = client.post(PATH, {"q": "zeppelin"}, **OURS)["Location"]
    response = client.get(location)
    client.get(PATH, {"q": "zeppelin\x00"})
    client.get(PATH, {"q": "zeppelin", "page": "abc"})
    client.post(f"{PATH}suggest/", {"q": "zeppelin"}, **OURS)
    assert "zeppelin" not in location
    titles = re.findall(r"<title>(.*?)</title>", response.content.decode())
    assert titles == ["Search · Equal(c)ity"]
    said = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert [message for message in said if "zeppelin" in message] == []
    assert response["Cache-Control"] == "no-store"
    assert response.cookies.output() == ""


def test_an_old_or_foreign_token_says_so(client: Client, library: Tree) -> None:
    for token in ("x", "gAAAA", "é", "\x00", "a" * 20_000):
        response = client.get(PATH, {"s": token, "q": "counter"})
        assert (response.status_code, response.context["expired"]) == (200, True)
        assert "counter" not in response.content.decode().lower()


def test_hostile_input_is_refused(client: Client, library: Tree) -> None:
    queries = [
        "q=%00",
        "q=a%1Bb",
        "q=" + "a" * 10_000,
        "q=%ED%A0%80%01",
        "page=abc",
        "page=" + "9" * 20,
        "page=0",
        "city=atlantis",
        "&".join(f"city=c{n}" for n in range(900)),
        "&".join(f"city=c{n}" for n in range(1500)),
    ]
    form = {"content_type": "application/x-www-form-urlencoded", **OURS}
    assert [client.get(f"{PATH}?{query}").status_code for query in queries] == [400] * len(queries)
    assert [client.post(PATH, query, **form).status_code for query in queries] == [400] * len(queries)


def test_a_refusal_says_why(client: Client, library: Tree) -> None:
    response = client.get(PATH, {"q": "a" * 1000})
    assert "longer than 300 characters" in response.content.decode()
    assert "aaaa" not in response.content.decode()


def test_odd_input_is_answered(client: Client, counters: None) -> None:
    for query in ("q=%ED%A0%80", "q=%FF%FE", "q=%22", "q=%F0%9F%98%80", "q=a&page=500"):
        response = client.get(f"{PATH}?{query}")
        assert (response.status_code, shown(response)) == (200, [])
    assert client.get(f"{PATH}?s=&q=counter").context["total"] == 12


def test_forms_of_other_sites_are_refused(client: Client, library: Tree) -> None:
    for path in (PATH, f"{PATH}suggest/"):
        assert client.post(path, {"q": "counter"}).status_code == 403
        assert client.post(path, {"q": "counter"}, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
        assert client.post(path, {"q": "counter"}, HTTP_ORIGIN="https://evil.example").status_code == 403
        assert client.post(path, {"q": "counter"}, HTTP_ORIGIN="http://testserver").status_code in {200, 303}
    assert client.put(PATH).status_code == 405
    assert client.get(f"{PATH}suggest/").status_code == 405


def test_another_language_follows_labelled(client: Client, counters: None) -> None:
    response = client.get("/en/search/", {"q": "guichet"})
    assert shown(response) == []
    [other] = response.context["other_results"]
    assert (other.title, other.locale, other.language_name, other.dir) == (
        "Le guichet tranquille", "fr", "Français", "ltr",
    )  # fmt: skip
    assert (other.type_label, other.city, other.is_other_language) == ("Best practice", "Rome", True)
    assert str(other.highlight) == "Un <mark>guichet</mark> où l’on peut parler."
    assert other.url.startswith("/fr/")
    assert client.get(other.url).status_code == 200
    html = response.content.decode()
    assert 'lang="fr" dir="ltr">Un <mark>guichet</mark>' in html


def test_the_page_speaks_the_readers_language(client: Client, counters: None) -> None:
    response = client.get("/fr/search/", {"q": "guichet", "theme": "disclosure"})
    assert shown(response) == ["Le guichet tranquille"]
    assert [chip["label"] for chip in response.context["chips"]] == ["Se confier"]
    assert client.get("/ar/search/", {"q": "guichet"}).context["other_results"][0].title == "Le guichet tranquille"


def test_a_misspelt_word_is_offered_as_it_is_written(client: Client, counters: None) -> None:
    # What begins otherwise is not forgiven, and offered all the same.
    response = client.get("/fr/search/", {"q": "uichet dranquille"})
    assert (response.context["total"], response.context["suggestions"]) == (0, ["guichet", "tranquille"])
    assert client.get("/fr/search/", {"q": "xyzzy"}).context["suggestions"] == []


def test_a_page_past_the_end_leads_back(client: Client, counters: None) -> None:
    response = client.get(PATH, {"q": "counter", "page": "9"})
    assert (response.status_code, shown(response), response.context["total"]) == (200, [], 12)
    assert response.context["pages"]["previous_url"] == "/en/search/?q=counter&page=2"


def test_suggestions(client: Client, counters: None) -> None:
    path = "/fr/search/suggest/"
    assert client.post(path, {"q": "guich"}, **OURS).json() == {"suggestions": ["Le guichet tranquille"]}
    assert client.post(path, {"q": "counter"}, **OURS).json() == {"suggestions": []}
    assert client.post(path, {}, **OURS).json() == {"suggestions": []}
    refused = client.post(path, {"q": "a\x00"}, **OURS)
    assert (refused.status_code, refused.json()["suggestions"]) == (400, [])


def test_markup_in_a_query_is_text(client: Client, counters: None) -> None:
    html = client.get(PATH, {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert(1)" not in html


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_number_of_queries_does_not_grow(
    client: Client, publish: Publish, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        publish(f"Oasis {number}")
    settle()
    client.get(PATH, {"q": "oasis"})
    with django_assert_num_queries(QUERIES):
        assert client.get(PATH, {"q": "oasis"}).context["total"] == count


# Names of the filters, synonyms, words that are known, texts hidden since, vectors made since, counts, what is found,
# texts to order by and to show, pins, documents; the rest is the frame's menu.
QUERIES = 13
