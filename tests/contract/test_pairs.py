"""Ours against stock over the whole demonstration: every parameter, and every two of them together.

The parameters are those of our own description, so that a new one without a comparison makes this fail.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import Page

from equalcity.api.openapi import description
from equalcity.demo.content import pages as records
from equalcity.publication.predicate import public_pages
from search.facets import page_types
from tests.contract import parameters
from tests.contract.asking import both, comparable, differing
from tests.contract.parameters import alone, handfuls, pairs, query
from tests.contract.test_differences import OWN_PARAMETERS, SEARCHING

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.contract.urls")]

Demo = dict[str, Any]
Requests = Iterable[tuple[bool, Mapping[str, str]]]


@dataclass(frozen=True)
class Compared:
    """What came of asking both: where they differ, how often they were asked, how often there was something."""

    different: list[Any]
    asked: int
    found: int


COMPARED = {
    "/api/v2/pages/": parameters.PAGES,
    "/api/v2/pages/{id}/": parameters.DETAILS,
    "/api/v2/pages/find/": parameters.FIND,
    "/api/v2/images/": parameters.IMAGES,
    "/api/v2/images/{id}/": parameters.FILE,
    "/api/v2/documents/": parameters.DOCUMENTS,
    "/api/v2/documents/{id}/": parameters.FILE,
}


def test_every_parameter_is_compared_or_ours() -> None:
    for path, values in COMPARED.items():
        described = description()["paths"][path]["get"].get("parameters", [])
        names = {one["name"] for one in described if one["in"] == "query"}
        assert names - OWN_PARAMETERS - SEARCHING == set(values), path


def test_every_parameter_of_stock_is_known() -> None:
    described = {one["name"] for one in description()["paths"]["/api/v2/pages/"]["get"]["parameters"]}
    assert PagesAPIViewSet.known_query_parameters - described == {"_", "format"}


def test_walking_through_a_list_meets_every_page_once_as_in_stock(demo: Demo) -> None:
    pages = len(records())
    walked = [both(f"pages/?fields=_,id,title&limit=50&offset={offset}") for offset in range(0, 7 * pages, 50)]
    assert [ours for ours, _stock in walked] == [stock for _ours, stock in walked]
    found = [item["id"] for (_status, body), _stock in walked for item in body["items"]]
    assert len(found) == len(set(found)) == 7 * pages


def test_every_two_parameters_of_a_list_of_pages(demo: Demo) -> None:
    requests = [*alone(parameters.PAGES), *pairs(parameters.PAGES), *handfuls(parameters.PAGES, 100)]
    # A few items say as much as many, and stock takes its time for each.
    short = [(refused, given if "limit" in given else given | {"limit": "3"}) for refused, given in requests]
    compared = compare("pages/", short, demo)
    assert compared.different == []
    # Not one emptiness compared with another.
    assert compared.asked > 1000
    assert compared.found > compared.asked / 4


@pytest.mark.parametrize("kind", ["images", "documents"])
def test_every_two_parameters_of_a_list_of_files(demo: Demo, kind: str) -> None:
    values = COMPARED[f"/api/v2/{kind}/"]
    names = demo | {"file": demo["picture" if kind == "images" else "document"], "name": demo["names"][kind]}
    compared = compare(f"{kind}/", [*alone(values), *pairs(values), *handfuls(values, 20)], names)
    assert compared.different == []
    assert compared.found > compared.asked / 4


@pytest.mark.parametrize("name", ["practice", "alias", "french", "toolbox", "home", "hidden"])
def test_every_two_parameters_of_one_page(demo: Demo, name: str) -> None:
    requests = [*alone(parameters.DETAILS), *pairs(parameters.DETAILS)]
    assert compare(f"pages/{demo[name]}/", requests, demo, alias=name == "alias").different == []


@pytest.mark.parametrize("kind", ["images", "documents"])
def test_every_two_parameters_of_one_file(demo: Demo, kind: str) -> None:
    pk = demo["picture" if kind == "images" else "document"]
    assert compare(f"{kind}/{pk}/", [*alone(parameters.FILE), *pairs(parameters.FILE)], demo).different == []


def test_every_two_parameters_of_finding(demo: Demo) -> None:
    assert compare("pages/find/", [*alone(parameters.FIND), *pairs(parameters.FIND)], demo).different == []


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_page_of_the_demonstration(demo: Demo, language: str) -> None:
    pages = public_pages(Page.objects.filter(locale__language_code=language)).order_by("pk")
    pks = list(pages.values_list("pk", flat=True))
    assert len(pks) == len(records())
    assert differing((f"pages/{pk}/" for pk in pks), language) == []


@pytest.mark.parametrize("language", ["en", "fr", "sv"])
def test_every_type_with_all_its_fields(demo: Demo, language: str) -> None:
    types = [model._meta.label for model in page_types()]
    addresses = [f"pages/?type={one}&fields=*&limit=4&locale={language}" for one in types]
    assert differing(addresses, language) == []


def compare(path: str, requests: Requests, names: Demo, *, alias: bool = False) -> Compared:
    """Ask both for everything; what ours should refuse and does not counts as different."""
    different: list[Any] = []
    asked = found = 0
    for refused, given in requests:
        address = f"{path}?{query(given, names)}"
        ours, stock = (comparable(one, alias) for one in both(address))
        # What is not there is not there, whatever is asked of it.
        if ours != stock if not refused else ours[0] != 400 and not ours[0] == stock[0] == 404:
            different.append((address, ours, stock))
        asked += 1
        found += ours[0] == 200 and ours[1].get("items", True) != []
    return Compared(different, asked, found)
