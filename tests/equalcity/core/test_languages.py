"""Languages: the choice at `/`, own names, direction, and where the same page is."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils.translation import override
from wagtail.models import Page

from equalcity.core.languages import direction, own_name, real, same_page, same_path, written_direction
from tests.factories import Tree, locale


@pytest.mark.parametrize(
    ("accepted", "home"),
    [
        ("fr-BE,fr;q=0.9,en;q=0.5", "/fr/"),
        ("ar", "/ar/"),
        ("tlh,sv;q=0.3", "/sv/"),
        ("tlh", "/en/"),
        ("", "/en/"),
    ],
)
def test_the_root_leads_to_the_reader_s_language(client: Client, accepted: str, home: str) -> None:
    response = client.get("/", headers={"Accept-Language": accepted})
    assert (response.status_code, response["Location"]) == (302, home)
    assert response["Vary"] == "Accept-Language"
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


@pytest.mark.parametrize(
    ("text", "written"),
    [("12 Example Street", "ltr"), ("١٢ شارع المثال", "rtl"), ("12 רחוב", "rtl"), ("12-14", "ltr"), ("", "ltr")],
)
def test_a_text_has_the_direction_of_its_first_letter(text: str, written: str) -> None:
    assert written_direction(text) == written


def test_names_are_in_the_language_itself() -> None:
    assert [own_name(code) for code in ("en", "fr", "sv", "tlh")] == ["English", "Français", "Svenska", "Tlh"]


def test_direction() -> None:
    assert [direction(code) for code in ("en", "ar", "ar-dz", "tlh")] == ["ltr", "rtl", "rtl", "ltr"]


def test_an_address_without_a_page_changes_its_first_part_only() -> None:
    with override("fr"):
        links = {link.code: link.url for link in same_path("/fr/search/")}
    assert links["ar"] == "/ar/search/"
    assert links["fr"] == "/fr/search/"


def test_switcher_leads_to_translation_alias_or_home(tree: Tree) -> None:
    french = tree.about.copy_for_translation(locale("fr"))
    french.title = "À propos"
    french.save_revision().publish()
    tree.about.copy_for_translation(locale("ar"), alias=True)
    with override("en"):
        links = same_page(tree.about, RequestFactory().get("/"))
    assert {link.code: link.url for link in links} == {
        "en": "/en/about-the-project/",
        "fr": french.url,
        "nl": "/nl/",
        "de": "/de/",
        "sv": "/sv/",
        "it": "/it/",
        "ar": "/ar/about-the-project/",
    }
    assert [link.code for link in real(links)] == ["en", "fr"]
    assert [link.code for link in links if link.current] == ["en"]


def test_the_switcher_costs_one_query_however_many_languages(tree: Tree, django_assert_num_queries: Any) -> None:
    for code in ("fr", "ar"):
        tree.about.copy_for_translation(locale(code), alias=code == "ar")
    Page.objects.filter(translation_key=tree.about.translation_key).update(live=True)
    request = RequestFactory().get("/")
    same_page(tree.about, request)
    with django_assert_num_queries(1):
        assert [one.code for one in same_page(tree.about, request) if "about" in one.url] == ["en", "fr", "ar"]


def test_a_draft_translation_is_not_offered(tree: Tree) -> None:
    tree.about.copy_for_translation(locale("fr"))
    with override("en"):
        links = {link.code: link.url for link in same_page(tree.about, RequestFactory().get("/"))}
    assert links["fr"] == "/fr/"
