"""`pages/` beyond stock: own meta, facets, fallback, aliases, and what is hidden."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from equalcity.publication.counter import instance_id
from equalcity.publication.late import record_now
from equalcity.publication.models import Dirty, Publication
from equalcity.publication.record import record
from tests.factories import (
    BestPracticePageFactory,
    CityFactory,
    CityServiceFactory,
    RoleFactory,
    SettingFactory,
    StandardPageFactory,
    TargetGroupFactory,
    ThemeFactory,
    Tree,
    locale,
    make_tree,
)
from tests.factories.kept import Keep, Kept
from toolbox_pages.models import RelatedPage

Get = Callable[..., Any]


def titles(response: Any) -> list[str]:
    assert response.status_code == 200, response.content
    return [item["title"] for item in response.json()["items"]]


def translated(page: Page, language: str, title: str) -> Page:
    page.refresh_from_db()
    copy = page.copy_for_translation(locale(language), copy_parents=True)
    copy.title = title
    copy.save_revision().publish()
    return copy


# Own meta ------------------------------------------------------------------------------------------------------


def test_every_page_says_who_it_is(published: Tree, get: Get) -> None:
    practice = published.practices[0]
    french = translated(practice, "fr", "Un accueil plus sûr")
    record()
    row = Publication.objects.get(key=practice.translation_key, locale="en")
    meta = get(f"pages/{practice.pk}/").json()["meta"]
    assert {name: meta[name] for name in ("key", "locale", "origin", "modified_at", "translations", "example")} == {
        "key": str(practice.translation_key),
        "locale": "en",
        "origin": {"instance": str(instance_id()), "key": str(practice.translation_key)},
        "modified_at": row.modified_at.isoformat().replace("+00:00", "Z"),
        "translations": [
            {
                "id": french.pk,
                "locale": "fr",
                "detail_url": f"http://testserver/api/v2/pages/{french.pk}/",
                "html_url": french.full_url,
            }
        ],
        "example": False,
    }
    listed = get("pages/", id=practice.pk).json()["items"][0]["meta"]
    assert {name: listed[name] for name in listed if name in meta} == {
        name: meta[name] for name in meta if name in listed
    }


def test_own_meta_can_be_left_out(published: Tree, get: Get) -> None:
    item = get("pages/", id=published.home.pk, fields="_,id,key").json()["items"][0]
    assert item == {"id": published.home.pk, "meta": {"key": str(published.home.translation_key)}}


# Facets --------------------------------------------------------------------------------------------------------


def make_facets() -> Tree:
    tree = make_tree()
    first, second, third = tree.practices
    first.themes.add(ThemeFactory(code="disclosure"))
    second.themes.add(ThemeFactory(code="interpreting"))
    third.themes.add(ThemeFactory(code="disclosure"), ThemeFactory(code="interpreting"))
    first.target_groups.add(TargetGroupFactory(code="migrant-women"))
    second.roles.add(RoleFactory(code="guardian", engagement="volunteer"))
    third.roles.add(RoleFactory(code="teacher"), RoleFactory(code="volunteer", engagement="volunteer"))
    second.settings.add(SettingFactory(code="school"))
    third.services.add(CityServiceFactory(code="libraries"))
    second.evidence_level = "best"
    third.city = CityFactory(code="rome", name="Rome")
    for page in tree.practices:
        page.save()
    ThemeFactory(code="unused")
    RoleFactory(code="nobody")
    record()
    return tree


@pytest.fixture(scope="session")
def kept_facets(keep: Keep) -> Kept[Tree]:
    return keep(make_facets)


@pytest.fixture
def facets(db: None, kept_facets: Kept[Tree]) -> Tree:
    return kept_facets.again()


FIRST, SECOND, THIRD = "A safer space at the counter", "A warm handover", "Evenings with parents"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("theme=disclosure", [FIRST, THIRD]),
        ("theme=disclosure&theme=interpreting", [FIRST, SECOND, THIRD]),
        ("theme=disclosure,interpreting", [FIRST, SECOND, THIRD]),
        ("theme=unused", []),
        ("theme=disclosure&city=rome", [THIRD]),
        ("city=rome", [THIRD]),
        ("city=rome&city=brussels&type=toolbox_pages.BestPracticePage", [FIRST, SECOND, THIRD]),
        ("audience=migrant-women", [FIRST]),
        ("role=guardian", [SECOND]),
        ("role=guardian,teacher", [SECOND, THIRD]),
        ("role=nobody", []),
        ("setting=school", [SECOND]),
        ("service=libraries", [THIRD]),
        ("engagement=volunteer", [SECOND, THIRD]),
        ("engagement=professional", [THIRD]),
        ("engagement=volunteer&engagement=professional", [SECOND, THIRD]),
        ("engagement=volunteer&service=libraries", [THIRD]),
        ("evidence=best", [SECOND]),
        ("evidence=best&evidence=good", [FIRST, SECOND, THIRD]),
        ("evidence=promising", []),
    ],
)
def test_facets_narrow_and_their_values_widen(facets: Tree, client: Client, query: str, expected: list[str]) -> None:
    assert titles(client.get(f"/api/v2/pages/?{query}")) == expected


@pytest.mark.parametrize(
    "query",
    [
        "theme=nonsense",
        "city=brussels&city=paris",
        "audience=x",
        "evidence=great",
        "theme=",
        "service=x",
        "engagement=x",
    ],
)
def test_unknown_facet_values_are_refused(facets: Tree, client: Client, query: str) -> None:
    response = client.get(f"/api/v2/pages/?{query}")
    assert (response.status_code, response.json()["parameter"]) == (400, query.partition("=")[0])


def test_aliases_have_the_terms_of_their_originals(facets: Tree, get: Get) -> None:
    facets.practices[0].copy_for_translation(locale("fr"), copy_parents=True, alias=True)
    record()
    assert titles(get("pages/", theme="disclosure", locale="fr")) == [FIRST]


def test_modified_after(published: Tree, get: Get) -> None:
    before = timezone.now()
    published.practices[1].aim = "<p>Nobody is left alone.</p>"
    published.practices[1].save_revision().publish()
    record()
    assert titles(get("pages/", modified_after=before.isoformat())) == [SECOND]
    assert titles(get("pages/", modified_after="2100-01-01")) == []


# Languages -----------------------------------------------------------------------------------------------------


def make_languages() -> Tree:
    """Toolbox and guide exist in French and Arabic, the first practice in French, the second in Arabic."""
    tree = make_tree()
    translated(tree.toolbox, "fr", "Bruxelles")
    translated(tree.index, "fr", "Guide")
    translated(tree.practices[0], "fr", "Un accueil plus sûr")
    translated(tree.practices[1], "ar", "Second in Arabic")
    record()
    return tree


@pytest.fixture(scope="session")
def kept_languages(keep: Keep) -> Kept[Tree]:
    return keep(make_languages)


@pytest.fixture
def languages(db: None, kept_languages: Kept[Tree]) -> Tree:
    return kept_languages.again()


def test_fallback_fills_what_a_language_lacks(languages: Tree, get: Get) -> None:
    practices = "toolbox_pages.BestPracticePage"
    answer = get("pages/", type=practices, locale="fr", fallback="ar,en", fields="_,title,locale,fallback_from")
    assert answer.status_code == 400
    found = get("pages/", type=practices, locale="fr", fallback="ar,en", fields="_,title,locale", order="title").json()
    assert [(item["title"], item["meta"]) for item in found["items"]] == [
        ("Evenings with parents", {"locale": "en", "fallback_from": "fr"}),
        ("Second in Arabic", {"locale": "ar", "fallback_from": "fr"}),
        ("Un accueil plus sûr", {"locale": "fr", "fallback_from": None}),
    ]
    assert found["meta"]["total_count"] == 3


def test_fallback_in_a_part_of_the_tree(languages: Tree, get: Get) -> None:
    guide = languages.index.get_translation(locale("fr"))
    assert titles(get("pages/", child_of=guide.pk, locale="fr")) == ["Un accueil plus sûr"]
    filled = get("pages/", child_of=guide.pk, locale="fr", fallback="en", order="title")
    assert titles(filled) == ["A warm handover", "Evenings with parents", "Un accueil plus sûr"]
    below = get("pages/", descendant_of=languages.home.pk, locale="fr", fallback="en", order="title")
    assert titles(below) == [
        "A warm handover", "About the project", "Bruxelles", "Evenings with parents", "Guide", "Un accueil plus sûr",
    ]  # fmt: skip


def test_fallback_of_one_page(languages: Tree, get: Get) -> None:
    first, second, third = (page.pk for page in languages.practices)
    asked = {"locale": "fr", "fallback": "ar", "fields": "_,title,locale"}
    assert get(f"pages/{first}/", **asked).json() == {
        "meta": {"locale": "fr", "fallback_from": None},
        "title": "Un accueil plus sûr",
    }
    assert get(f"pages/{second}/", **asked).json() == {
        "meta": {"locale": "ar", "fallback_from": "fr"},
        "title": "Second in Arabic",
    }
    assert get(f"pages/{third}/", **asked).status_code == 404


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("fallback=en", "fallback"),
        ("locale=fr&fallback=xx", "fallback"),
        ("locale=xx", "locale"),
        ("locale=", "locale"),
    ],
)
def test_languages_that_this_site_does_not_have(db: None, client: Client, query: str, parameter: str) -> None:
    response = client.get(f"/api/v2/pages/?{query}")
    assert (response.status_code, response.json()["parameter"]) == (400, parameter)


# Aliases -------------------------------------------------------------------------------------------------------


def test_an_alias_is_its_original_under_another_address(published: Tree, get: Get) -> None:
    practice = published.practices[0]
    alias = practice.copy_for_translation(locale("fr"), copy_parents=True, alias=True)
    record()
    original, answered = get(f"pages/{practice.pk}/").json(), get(f"pages/{alias.pk}/").json()
    assert answered["meta"]["alias_of"]["id"] == practice.pk
    assert (answered["id"], answered["meta"]["locale"], answered["aim"]) == (alias.pk, "fr", original["aim"])


# Hidden --------------------------------------------------------------------------------------------------------


def hide_unpublish(page: Page) -> None:
    page.unpublish()


def hide_restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def hide_expire(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))


def hide_delete(page: Page) -> None:
    page.delete()


@pytest.mark.parametrize("hide", [hide_unpublish, hide_restrict, hide_expire, hide_delete])
def test_what_is_hidden_is_gone_before_anything_is_recorded(
    published: Tree, get: Get, hide: Callable[[Page], None]
) -> None:
    """As if it had never been: detail, lists, counts, find, filters by it, and the translations that name it."""
    practice = published.practices[0]
    french = translated(practice, "fr", "Un accueil plus sûr")
    record()
    path, pk = practice.url, practice.pk
    hide(practice)
    never = get("pages/99999/")
    assert (get(f"pages/{pk}/").status_code, get(f"pages/{pk}/").content) == (404, never.content)
    assert get("pages/", id=pk).json() == {"meta": {"total_count": 0}, "items": []}
    assert get("pages/find/", html_path=path).status_code == 404
    assert get("pages/", child_of=pk).content == get("pages/", child_of=99999).content
    answer = get(f"pages/{french.pk}/")
    # A restriction hides the whole set of translations.
    if hide is hide_restrict:
        assert answer.status_code == 404
    else:
        assert answer.json()["meta"]["translations"] == []


def test_a_hidden_parent_is_not_named(published: Tree, get: Get) -> None:
    published.index.unpublish()
    practice = get(f"pages/{published.practices[0].pk}/").json()
    assert practice["meta"]["parent"] is None


# Queries -------------------------------------------------------------------------------------------------------


QUERIES = {
    "": 3,
    "?fields=*": 3,
    "?type=toolbox_pages.BestPracticePage&fields=*": 3,
    "?child_of=root": 3,
    "?descendant_of={home}&locale=en&city=brussels&evidence=good&limit=2": 4,
    "?locale=fr&fallback=en": 3,
    "{practice}/": 2,
    "{practice}/?fields=*": 2,
    "{practice}/?locale=fr&fallback=en": 2,
    "find/?html_path=/en/": 2,
}


def test_queries_do_not_grow(tree: Tree, client: Client) -> None:
    """Over 1, 3 and 30 practices, one translated: a list takes at most 4, one page at most 2."""
    for practice in tree.practices[1:]:
        practice.delete()
    tree.practices[0].copy_for_translation(locale("fr"), copy_parents=True, alias=True)
    counts: dict[str, list[int]] = {query: [] for query in QUERIES}
    for size in (1, 3, 30):
        for number in range(Page.objects.child_of(tree.index).count(), size):
            BestPracticePageFactory(parent=tree.index, city=tree.city, title=f"Practice {number}")
        record()
        client.get("/api/v2/pages/find/?html_path=/")
        for query, found in counts.items():
            address = "/api/v2/pages/" + query.format(home=tree.home.pk, practice=tree.practices[0].pk)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code in {200, 302}
            found.append(len(queries))
    assert counts == {query: [min(found[0], QUERIES[query])] * 3 for query, found in counts.items()}


# Finding -------------------------------------------------------------------------------------------------------


def test_find_by_path_in_any_language(published: Tree, get: Get) -> None:
    french = published.homes["fr"]
    found = get("pages/find/", html_path="/fr/", fields="title")
    assert (found.status_code, found.headers["Location"]) == (
        302,
        f"{settings.SITE_URL}/api/v2/pages/{french.pk}/?fields=title",
    )


def test_lists_keep_the_order_of_the_tree(published: Tree, get: Get) -> None:
    StandardPageFactory(parent=published.home, title="First of all").move(published.home, pos="first-child")
    record()
    assert titles(get("pages/", child_of=published.home.pk)) == [
        "First of all",
        "Brussels toolbox",
        "About the project",
    ]


def test_a_page_that_names_one_not_recorded_yet_is_there(published: Tree, get: Get) -> None:
    """The worker is late: the new page is public, and only the page that names it is recorded."""
    first = published.practices[0]
    new = BestPracticePageFactory(parent=published.index, title="Brand new")
    RelatedPage.objects.create(page=first, target=new)
    Dirty.objects.all().delete()
    record_now([first.pk])
    assert not Publication.objects.filter(object_id=new.pk).exists()
    assert get(f"pages/{first.pk}/").status_code == 200
    assert "A safer space at the counter" in titles(get("pages/", fields="*", type="toolbox_pages.BestPracticePage"))
