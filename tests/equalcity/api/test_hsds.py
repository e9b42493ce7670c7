"""`hsds/`: what Open Referral HSDS 3.0 asks of each object, and no more of a place than may be known."""

import datetime
import json
import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
import pytest
from django.test import Client

from equalcity.api.openapi import description
from equalcity.core.models import City, District
from equalcity.publication.record import record
from safespace_map.models import SafeSpacePage
from tests.counting import queries
from tests.factories import (
    HelpFactory,
    HelpOfferedFactory,
    OpeningExceptionFactory,
    OpeningHoursFactory,
    SafeSpacePageFactory,
    Tree,
    locale,
)
from tests.factories.kept import Keep, Kept
from tests.factories.map import Map

Get = Callable[..., Any]

# What the specification requires of each of its objects, by the member that holds them.
REQUIRED: dict[str, set[str]] = {
    "service": {"id", "name", "status"},
    "organization": {"id", "name", "description"},
    "location": {"id", "location_type"},
    "locations": {"id", "location_type"},
    "service_at_locations": {"id"},
    "phones": {"id", "number"},
    "addresses": {"id", "address_1", "city", "state_province", "postal_code", "country", "address_type"},
    "schedules": {"id"},
    "languages": {"id"},
    "service_areas": {"id"},
    "cost_options": {"id"},
    "required_documents": {"id"},
    "accessibility": {"id"},
    "attributes": {"id"},
    "taxonomy_term": {"id", "name", "description"},
    "taxonomy_detail": {"id", "name", "description"},
}
NUMBERS = {"latitude", "longitude", "timezone", "interval", "minimum_age", "maximum_age", "amount"}
DATES = {"valid_from", "valid_to", "assured_date"}
CODES = {
    "status": {"active", "inactive", "defunct", "temporarily closed"},
    "location_type": {"physical", "postal", "virtual"},
    "address_type": {"physical", "postal", "virtual"},
    "freq": {"WEEKLY", "MONTHLY"},
    "wkst": {"MO", "TU", "WE", "TH", "FR", "SA", "SU"},
}
LISTS = ("services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms")
OBJECT_OF = {
    "services": "service",
    "service_at_locations": "service_at_locations",
    "organizations": "organization",
    "taxonomies": "taxonomy_detail",
    "taxonomy_terms": "taxonomy_term",
}


@pytest.fixture(scope="session")
def kept_full_map(keep: Keep, kept_map: Kept[Map]) -> Kept[Map]:
    return keep(lambda: filled(kept_map.again()))


@pytest.fixture
def safe_map(tree: Tree, kept_full_map: Kept[Map]) -> Map:
    """With everything that HSDS has an object for."""
    return kept_full_map.again()


def filled(made: Map) -> Map:
    City.objects.filter(code="brussels").update(country="BE")
    exact = made.exact
    exact.what_to_bring = "Nothing."
    exact.accessibility = "A lift."
    exact.wheelchair = "yes"
    exact.eligibility = "Women."
    exact.interpreter = "on_request"
    OpeningHoursFactory(page=exact, days="MO,TH", week="-1", opens_at=datetime.time(20), closes_at=datetime.time(2))
    OpeningExceptionFactory(page=exact, first_day=datetime.date(2026, 12, 25), note="Public holiday")
    exact.save()
    made.phone.temporarily_closed = True
    made.phone.is_free = False
    made.phone.cost = "The price of a call"
    made.phone.save()
    record()
    return made


def check(kind: str, one: dict[str, Any]) -> None:
    """Fail where an object and what it holds is not as HSDS wants it."""
    missing = REQUIRED[kind] - one.keys()
    assert missing == set(), (kind, one)
    for name, value in one.items():
        assert value is not None, (kind, name)
        if name == "id":
            assert str(uuid.UUID(value)) == value
        if name in NUMBERS:
            assert isinstance(value, int | float), (kind, name)
            assert not isinstance(value, bool)
        if name in DATES:
            datetime.date.fromisoformat(value)
        if name in CODES:
            assert value in CODES[name]
        if name in {"url", "uri", "website"}:
            assert re.match(r"https?://\S+$", value), (kind, name)
        if isinstance(value, dict):
            check(name, value)
        if isinstance(value, list):
            for each in value:
                check(name, each)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_object_is_as_hsds_wants_it(safe_map: Map, tree: Tree, get: Get, name: str, language: str) -> None:
    for page in safe_map.places:
        page.copy_for_translation(tree.homes["fr"].locale, copy_parents=True, alias=True)
    record()
    components = description()["components"]
    shapes = {path: m["get"] for path, m in description()["paths"].items()}
    full = {"full": "true"} if name in {"services", "service_at_locations", "organizations"} else {}
    for asked in ({}, full):
        found = get(f"hsds/{name}", locale=language, **asked).json()
        validate(shapes[f"/api/v2/hsds/{name}"], components, found)
        assert found["total_items"] == len(found["contents"]) or language == "ar"
        for one in found["contents"]:
            check(OBJECT_OF[name], one)
            whole = get(f"hsds/{name}/{one['id']}", locale=language)
            assert whole.status_code == 200
            validate(shapes[f"/api/v2/hsds/{name}/{{id}}"], components, whole.json())
            check(OBJECT_OF[name], whole.json())
            if asked:
                assert whole.json() == one


def validate(operation: dict[str, Any], components: dict[str, Any], found: Any) -> None:
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.Draft202012Validator({**schema, "components": components}).validate(found)


def test_its_index_says_which_version(get: Get, db: None) -> None:
    assert get("hsds/").json() == {
        "version": "3.0",
        "profile": "http://testserver/api/v2/docs/#hsds",
        "openapi_url": "http://testserver/api/v2/schema/",
    }


def test_a_service_says_what_is_known_of_it(safe_map: Map, get: Get) -> None:
    service = get("hsds/services", full="true").json()["contents"][0]
    [link] = service.pop("service_at_locations")
    [offered] = safe_map.exact.help.all()
    assert service["id"] == str(offered.translation_key)
    assert (service["name"], service["status"]) == ("Legal advice", "active")
    assert service["alert"] == "Example written for demonstration"
    assert service["interpretation_services"] == "If you ask before"
    assert service["cost_options"][0]["amount"] == 0
    assert service["required_documents"][0]["document"] == "Nothing."
    assert [one["name"] for one in service["service_areas"]] == ["Brussels", "North"]
    assert [one["value"] for one in service["attributes"]] == ["legal"]
    assert [(one["name"], one["code"]) for one in service["languages"]] == [("English", "en"), ("French", "fr")]
    location = link["location"]
    [address] = location["addresses"]
    assert address.pop("id")
    assert address == {
        "address_1": "12 Example Street",
        "city": "Brussels",
        "state_province": "Brussels",
        "postal_code": "0000",
        "country": "BE",
        "address_type": "physical",
    }
    assert (location["latitude"], location["longitude"]) == (50.8467, 4.3525)
    assert location["accessibility"][0]["details"] == "Wheelchair: Yes"
    assert location["id"] == str(safe_map.exact.translation_key)


def test_hours_are_schedules(safe_map: Map, get: Get) -> None:
    week, month, holiday = get("hsds/services", full="true").json()["contents"][0]["schedules"]
    assert {**week, "id": ""} == {
        "id": "",
        "timezone": 1,
        "wkst": "MO",
        "freq": "WEEKLY",
        "interval": 1,
        "byday": "MO,TU,WE,TH,FR",
        "opens_at": "09:00",
        "closes_at": "17:00",
        "description": "MO,TU,WE,TH,FR 09:00–17:00 Europe/Brussels",
        "by_appointment": False,
    }
    assert (month["freq"], month["byday"]) == ("MONTHLY", "-1MO,-1TH")
    assert (month["opens_at"], month["closes_at"]) == ("20:00", "02:00")
    assert {**holiday, "id": ""} == {
        "id": "",
        "valid_from": "2026-12-25",
        "valid_to": "2026-12-25",
        "timezone": 1,
        "description": "Days that differ: 2026-12-25/2026-12-25 – Europe/Brussels",
        "notes": "Public holiday",
        "replaces_regular_hours": True,
    }


def test_a_place_that_names_no_help_is_one_service(safe_map: Map, get: Get) -> None:
    service = get("hsds/services").json()["contents"][2]
    assert (service["name"], service["status"]) == ("Night Line", "temporarily closed")
    assert service["fees_description"] == "The price of a call"
    assert get(f"hsds/services/{service['id']}").json()["attributes"] == []


def test_a_location_is_as_exact_as_may_be(safe_map: Map, get: Get) -> None:
    for district in District.objects.all():
        district.outline = [[4.34, 50.86], [4.37, 50.86], [4.37, 50.88], [4.34, 50.86]]
        district.save()
    exact, area, phone = (
        one["service_at_locations"][0]["location"] for one in get("hsds/services", full="true").json()["contents"]
    )
    assert [one["location_type"] for one in (exact, area, phone)] == ["physical", "physical", "virtual"]
    for one in (area, phone):
        assert one["addresses"] == one["contacts"] == []
        assert {"latitude", "longitude", "transportation"} & one.keys() == set()
    assert (area["district"], "district" in phone) == ("North", False)
    areas = get("hsds/services", full="true").json()["contents"][1]["service_areas"]
    assert json.loads(areas[1]["extent"])["type"] == areas[1]["extent_type"].replace("geojson", "Polygon")


def test_an_address_that_should_not_be_there_is_not_shown(safe_map: Map, get: Get) -> None:
    from tests.equalcity.api.test_safe_spaces import page_publication

    for page in (safe_map.area, safe_map.phone):
        publication = page_publication(page)
        document = json.loads(publication.body.document)
        document |= {"street": "9 Hidden Lane", "postal_code": "9999", "way_there": "Ring", "latitude": "51.00009"}
        publication.body.document = json.dumps(document | {"longitude": "5.00009"})
        publication.body.save()
        publication.document_etag = "changed"
        publication.save()
    for path in ("services", "service_at_locations", "organizations"):
        body = get(f"hsds/{path}", full="true").content.decode()
        assert "The Lantern Room" in body
        assert [one for one in ("Hidden Lane", "9999", "51.00009", "5.00009", '"Ring"') if one in body] == []


def identifiers(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        yield from (value for name, value in found.items() if name == "id")
        found = list(found.values())
    if isinstance(found, list):
        for one in found:
            yield from identifiers(one)


def test_identifiers_are_the_same_in_every_language(safe_map: Map, tree: Tree, get: Get) -> None:
    HelpFactory(code="legal", name="Conseil juridique", locale=locale("fr"))
    for page in safe_map.places:
        page.copy_for_translation(tree.homes["fr"].locale, copy_parents=True, alias=True)
    record()
    english, french = (get("hsds/services", full="true", locale=code).json() for code in ("en", "fr"))
    assert list(identifiers(french)) == list(identifiers(english))
    assert (english["contents"][0]["name"], french["contents"][0]["name"]) == ("Legal advice", "Conseil juridique")
    assert french["contents"][0]["languages"][1]["name"] == "français"


def test_pages(safe_map: Map, get: Get) -> None:
    last = get("hsds/services", page=2, per_page=2).json()
    assert len(last.pop("contents")) == 1
    assert last == {
        "total_items": 3,
        "total_pages": 2,
        "page_number": 2,
        "size": 1,
        "first_page": False,
        "last_page": True,
        "empty": False,
    }
    beyond = get("hsds/services", page=9).json()
    assert (beyond["empty"], beyond["contents"], beyond["total_items"]) == (True, [], 3)


@pytest.mark.parametrize("name", LISTS)
def test_pages_hold_each_thing_once(safe_map: Map, get: Get, name: str) -> None:
    whole = [one["id"] for one in get(f"hsds/{name}").json()["contents"]]
    pages = [get(f"hsds/{name}", page=page, per_page=1).json() for page in range(1, len(whole) + 2)]
    assert [[one["id"] for one in page["contents"]] for page in pages] == [*([one] for one in whole), []]
    assert [page["page_number"] for page in pages] == list(range(1, len(whole) + 2))
    assert [page["first_page"] for page in pages] == [True, *[False] * len(whole)]
    assert [page["last_page"] for page in pages] == [*[False] * (len(whole) - 1), True, True]
    assert {(page["total_items"], page["total_pages"]) for page in pages} == {(len(whole), len(whole))}


def test_an_answer_to_another_question_is_not_the_one_that_somebody_holds(safe_map: Map, get: Get) -> None:
    terms = {one["code"]: one["id"] for one in get("hsds/taxonomy_terms").json()["contents"]}
    questions: list[tuple[str, dict[str, Any]]] = [
        *((f"hsds/{name}", {}) for name in LISTS),
        ("hsds/services", {"full": "true"}),
        ("hsds/services", {"page": 2, "per_page": 1}),
        ("hsds/services", {"page": 3, "per_page": 1}),
        ("hsds/services", {"taxonomy_term_id": terms["legal"]}),
        ("hsds/services", {"taxonomy_term_id": terms["talk"]}),
        ("hsds/services", {"modified_after": "2100-01-01"}),
    ]
    etags = [get(path, **asked).headers["ETag"] for path, asked in questions]
    assert len(set(etags)) == len(questions)
    for number, (path, asked) in enumerate(questions):
        told = [get(path, **asked, headers={"if-none-match": etag}).status_code for etag in etags]
        assert told == [304 if number == other else 200 for other in range(len(etags))]


@pytest.mark.parametrize("name", ["services", "service_at_locations"])
def test_services_can_be_chosen(safe_map: Map, get: Get, name: str) -> None:
    terms = {one["code"]: one for one in get("hsds/taxonomy_terms").json()["contents"]}
    kinds, groups = (one["id"] for one in get("hsds/taxonomies").json()["contents"])
    [organization] = get("hsds/organizations").json()["contents"]

    def count(**asked: str) -> int:
        return int(get(f"hsds/{name}", **asked).json()["total_items"])

    assert count(taxonomy_term_id=terms["legal"]["id"]) == 1
    assert (count(taxonomy_id=kinds), count(taxonomy_id=groups)) == (2, 1)
    assert count(organization_id=organization["id"]) == 3
    assert count(organization_id="97bced34-5d02-4a17-9191-f34e7b4e0eea") == 0
    assert (count(modified_after="2020-01-01"), count(modified_after="2100-01-01")) == (3, 0)


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        ("services", "page", "0"),
        ("services", "page", "x"),
        ("services", "page", "9" * 20),
        ("services", "per_page", "501"),
        ("services", "full", "yes"),
        ("services", "organization_id", "x"),
        ("services", "taxonomy_id", "help"),
        ("services", "modified_after", "x"),
        ("services", "locale", "xx"),
        ("services", "search", "legal"),
        ("organizations", "taxonomy_id", "97bced34-5d02-4a17-9191-f34e7b4e0eea"),
        ("taxonomies", "full", "true"),
    ],
)
def test_what_cannot_be_used_is_named(get: Get, db: None, path: str, name: str, value: str) -> None:
    response = get(f"hsds/{path}", **{name: value})
    assert (response.status_code, response.json()["parameter"]) == (400, name)


@pytest.mark.parametrize("name", LISTS)
def test_what_is_not_there_is_a_problem(get: Get, db: None, name: str) -> None:
    for pk in (uuid.uuid4(), "x", "9" * 5000):
        response = get(f"hsds/{name}/{pk}")
        assert (response.status_code, response.headers["Content-Type"]) == (404, "application/problem+json")


def test_it_costs_the_same_for_three_places_and_for_thirty(safe_map: Map, tree: Tree, client: Client) -> None:
    paths = [f"/api/v2/hsds/{name}?full=true" for name in ("services", "service_at_locations", "organizations")]
    few = [queries(client, path) for path in paths]
    for number in range(30):
        page = SafeSpacePageFactory(parent=safe_map.organisation, city=tree.city, title=f"Place {number}")
        HelpOfferedFactory(page=page)
    record()
    assert [queries(client, path) for path in paths] == few == [8, 8, 8]


def test_whoever_holds_an_answer_is_told_that_it_holds_still(safe_map: Map, get: Get) -> None:
    first = get("hsds/services", full="true")
    again = get("hsds/services", full="true", headers={"if-none-match": first.headers["ETag"]})
    assert (first.headers["Cache-Control"], again.status_code) == ("public, max-age=0, must-revalidate", 304)


def test_what_is_withdrawn_is_absent(safe_map: Map, get: Get) -> None:
    before = get("hsds/services").json()["contents"][0]["id"]
    SafeSpacePage.objects.filter(pk=safe_map.exact.pk).update(live=False)
    for name in ("services", "service_at_locations", "organizations"):
        assert "Open Door Counter" not in get(f"hsds/{name}", full="true").content.decode()
    assert get("hsds/services").json()["total_items"] == 2
    assert get(f"hsds/services/{before}").status_code == 404
