"""`safe-spaces/`: the map as GeoJSON, as exact as each place may be known and no more."""

import csv
import datetime
import io
import json
import re
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from django.test import Client
from django.utils import timezone

from equalcity.api.openapi import description
from equalcity.core.models import District
from equalcity.publication.record import record
from safespace_map.finding import kilometres
from safespace_map.models import SafeSpacePage
from safespace_map.places import Point, places
from tests.counting import queries
from tests.factories import (
    HelpFactory,
    OpeningExceptionFactory,
    SafeSpacePageFactory,
    Tree,
    locale,
)
from tests.factories.map import Map, add_roman_table

Get = Callable[..., Any]

RING = [[4.34, 50.86], [4.34, 50.88], [4.37, 50.88], [4.37, 50.86], [4.34, 50.86]]


def titles(get: Get, **asked: Any) -> list[str]:
    return [one["properties"]["title"] for one in get("safe-spaces/", **asked).json()["features"]]


def test_a_place_at_an_address(safe_map: Map, get: Get) -> None:
    OpeningExceptionFactory(page=safe_map.exact, first_day=datetime.date(2026, 12, 25), note="Public holiday")
    safe_map.exact.save()
    record()
    response = get("safe-spaces/")
    found = response.json()
    exact = found["features"][0]
    organisation = safe_map.organisation
    [phone], [hours], [help_offered] = (exact["properties"].pop(name) for name in ("phones", "hours", "help"))
    assert response.headers["Content-Type"] == "application/geo+json"
    assert (found["type"], found["meta"]) == ("FeatureCollection", {"total_count": 3, "locale": "en"})
    assert exact["geometry"] == {"type": "Point", "coordinates": [4.3525, 50.8467]}
    assert exact["id"] == str(safe_map.exact.translation_key)
    assert exact["properties"].pop("modified_at").endswith("Z")
    assert exact["properties"] == {
        "key": str(safe_map.exact.translation_key),
        "page_id": safe_map.exact.pk,
        "url": f"http://testserver{safe_map.exact.url}",
        "locale": "en",
        "text_language": "en",
        "is_example": True,
        "machine_translated": False,
        "title": "Open Door Counter",
        "summary": safe_map.exact.summary,
        "organisation": {"key": str(organisation.translation_key), "title": "Example Association"},
        "precision": "exact",
        "city": {"code": "brussels", "name": "Brussels"},
        "district": {"code": "brussels-north", "name": "North"},
        "simplified_outline": False,
        "address": {
            "street": "12 Example Street",
            "postal_code": "0000",
            "way_there": "Two steps from the stop “Example”. Ring at the blue door.",
        },
        "audiences": [],
        "eligibility": "",
        "languages": ["en", "fr"],
        "interpreter": "no",
        "staff_gender_on_request": False,
        "arrival": "",
        "what_to_bring": "",
        "is_free": True,
        "cost": "",
        "wheelchair": "unknown",
        "accessibility": "",
        "timezone": "Europe/Brussels",
        "by_appointment": False,
        "exceptions": [
            {
                "first_day": "2026-12-25",
                "last_day": "2026-12-25",
                "opens_at": None,
                "closes_at": None,
                "note": "Public holiday",
            }
        ],
        "temporarily_closed": False,
        "closed_until": None,
        "checked_on": safe_map.exact.checked_on.isoformat(),
        "checked_by": "social worker of the city",
        "check_again_by": safe_map.exact.check_again_by.isoformat(),
    }
    assert (phone["number"], phone["kind"], phone["languages"]) == ("+00 0000 0101", "voice", ["fr"])
    assert help_offered["kind"] == {"code": "legal", "name": "Legal advice"}
    assert hours == {
        "days": ["MO", "TU", "WE", "TH", "FR"],
        "week": 0,
        "opens_at": "09:00",
        "closes_at": "17:00",
        "valid_from": None,
        "valid_until": None,
        "by_appointment": False,
        "note": "",
    }


def test_a_district_is_drawn_as_far_as_it_is_known(safe_map: Map, get: Get) -> None:
    area = get("safe-spaces/").json()["features"][1]
    assert area["geometry"] == {"type": "Point", "coordinates": [4.355, 50.865]}
    assert (area["properties"]["precision"], area["properties"]["address"]) == ("area", None)
    for district in District.objects.all():
        district.outline = RING
        district.save()
    area = get("safe-spaces/").json()["features"][1]
    # The ring was given clockwise.
    assert area["geometry"] == {"type": "Polygon", "coordinates": [RING[::-1]]}
    assert area["properties"]["simplified_outline"] is True
    for district in District.objects.all():
        district.simplified = False
        district.save()
    assert get("safe-spaces/").json()["features"][1]["properties"]["simplified_outline"] is False


def test_of_a_telephone_only_the_city_is_known(safe_map: Map, get: Get) -> None:
    phone = get("safe-spaces/").json()["features"][2]
    told = phone["properties"]
    assert (phone["geometry"], told["precision"], told["district"], told["address"]) == (None, "phone", None, None)


def test_an_address_that_should_not_be_there_is_not_shown(safe_map: Map, get: Get) -> None:
    """The precision decides, whatever else a document holds."""
    for page in (safe_map.area, safe_map.phone):
        publication = page_publication(page)
        document = json.loads(publication.body.document)
        document |= {"street": "9 Hidden Lane", "postal_code": "QX99Z", "way_there": "Ring", "latitude": "51.00009"}
        document |= {"longitude": "5.00009"}
        publication.body.document = json.dumps(document)
        publication.body.save()
        publication.document_etag = "changed"
        publication.save()
    for path in ("safe-spaces/", "safe-spaces/?near=50.8,4.3", "safe-spaces/?bbox=4,50,6,52", "safe-spaces.csv"):
        response = get(path)
        body = (b"".join(response.streaming_content) if response.streaming else response.content).decode()
        assert [one for one in ("Hidden Lane", "QX99Z", "51.00009", "5.00009") if one in body] == [], path
    assert {(one.street, one.postal_code, one.way_there, one.point) for one in places("en")[1:]} == {("", "", "", None)}
    # Nor can it be found by asking again and again.
    assert titles(get, bbox="5,51,5.001,51.001") == []
    assert titles(get, bbox="4.35,50.86,4.36,50.87") == ["The Lantern Room"]
    found = get("safe-spaces/", near="51.00009,5.00009").json()["features"]
    middle = round(kilometres(Point(51.00009, 5.00009), Point(50.865, 4.355)), 1)
    told = {one["properties"]["title"]: one["properties"].get("distance") for one in found}
    assert (told["The Lantern Room"], told["Night Line"]) == (middle, None)


def page_publication(page: SafeSpacePage) -> Any:
    from equalcity.publication.models import Publication

    return Publication.objects.select_related("body").get(object_id=page.pk, kind="page")


def test_answers_keep_to_the_description(safe_map: Map, get: Get) -> None:
    components = description()["components"]
    validator = jsonschema.Draft202012Validator({"$ref": "#/components/schemas/SafeSpaces", "components": components})
    for asked in ({}, {"near": "50.8,4.3"}, {"locale": "ar"}, {"limit": "0"}):
        validator.validate(get("safe-spaces/", **asked).json())
    declared = set(components["schemas"]["SafeSpaceProperties"]["properties"])
    assert set(get("safe-spaces/", near="50.8,4.3").json()["features"][0]["properties"]) == declared


EXACT, AREA, PHONE = "Open Door Counter", "The Lantern Room", "Night Line"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [EXACT, AREA, PHONE]),
        ({"locale": "fr"}, []),
        ({"city": "brussels"}, [EXACT, AREA, PHONE]),
        ({"service": "legal"}, [EXACT]),
        ({"service": "legal,talk"}, [EXACT, AREA]),
        ({"service": ["legal", "talk"]}, [EXACT, AREA]),
        ({"audience": "migrant-women"}, [EXACT, AREA, PHONE]),
        ({"language": "ar"}, [AREA]),
        ({"language": "ti"}, []),
        ({"near": "50.865,4.355"}, [AREA, EXACT, PHONE]),
        ({"bbox": "4.35,50.86,4.36,50.87"}, [AREA]),
        ({"bbox": "170,-10,-170,10"}, []),
        ({"open_at": "2026-11-27T10:30:00+01:00"}, [EXACT, AREA, PHONE]),
        ({"open_at": "2026-11-27T10:30:00Z"}, [EXACT, AREA, PHONE]),
        ({"open_at": "2026-11-27T22:30:00+01:00"}, []),
        ({"open_at": "2026-11-28T10:30:00+01:00"}, []),
        ({"wheelchair": "true"}, [AREA]),
        ({"wheelchair": "false"}, [EXACT, AREA, PHONE]),
        ({"free": "true"}, [EXACT, AREA, PHONE]),
        ({"limit": 1}, [EXACT]),
        ({"limit": 1, "offset": 1}, [AREA]),
        ({"offset": 3}, []),
    ],
)
def test_what_somebody_looks_for(safe_map: Map, get: Get, asked: dict[str, Any], found: list[str]) -> None:
    assert titles(get, **asked) == found


TABLE = "Roman Table"
MOMENT = "2026-11-28T10:30:00+01:00"  # a Saturday
# Each filter alone leaves out something that would be there without it.
NARROWED: tuple[tuple[dict[str, Any], list[str]], ...] = (
    ({}, [EXACT, AREA, PHONE, TABLE]),
    ({"city": "brussels"}, [EXACT, AREA, PHONE]),
    ({"city": "rome"}, [TABLE]),
    ({"city": ["rome", "brussels"]}, [EXACT, AREA, PHONE, TABLE]),
    ({"service": "legal"}, [EXACT]),
    ({"audience": "migrant-women"}, [EXACT, AREA, PHONE]),
    ({"audience": "children"}, [EXACT, PHONE, TABLE]),
    ({"language": "it"}, [TABLE]),
    ({"language": "ar,it"}, [AREA, TABLE]),
    ({"open_at": MOMENT}, [TABLE]),
    ({"open_at": "now"}, [TABLE]),
    ({"wheelchair": "true"}, [AREA]),
    ({"free": "true"}, [EXACT, AREA, PHONE]),
    ({"bbox": "4.3,50.8,4.4,50.9"}, [EXACT, AREA]),
    ({"near": "50.8467,4.3525"}, [EXACT, AREA, PHONE, TABLE]),
    ({"near": "50.9,4.355"}, [AREA, EXACT, PHONE, TABLE]),
    ({"city": "brussels", "open_at": MOMENT}, []),
    ({"audience": "children", "free": "true"}, [EXACT, PHONE]),
)


@pytest.fixture
def wide_map(safe_map: Map, monkeypatch: pytest.MonkeyPatch) -> Map:
    """The same with a place in Rome, on a Saturday."""
    add_roman_table(safe_map)
    monkeypatch.setattr(timezone, "now", lambda: datetime.datetime.fromisoformat(MOMENT))
    return safe_map


@pytest.mark.parametrize(("asked", "found"), NARROWED)
def test_each_filter_alone_leaves_out_what_does_not_fit(
    wide_map: Map, get: Get, asked: dict[str, Any], found: list[str]
) -> None:
    assert titles(get, **asked) == found
    assert [row["title"] for row in rows(get, **asked)] == found
    assert get("safe-spaces/", **asked, limit=1).json()["meta"]["total_count"] == len(found)


def test_pages_hold_each_place_once(wide_map: Map, get: Get) -> None:
    pages = [titles(get, near="50.9,4.355", limit=3, offset=offset) for offset in (0, 3, 6)]
    assert pages == [[AREA, EXACT, PHONE], [TABLE], []]
    assert titles(get, limit=0) == []


@pytest.mark.parametrize("path", ["safe-spaces/", "safe-spaces.csv"])
def test_an_answer_to_another_question_is_not_the_one_that_somebody_holds(wide_map: Map, get: Get, path: str) -> None:
    """Different bytes have different names, and the name of one answer is not taken for another."""
    named: dict[str, bytes] = {}
    for asked, _found in NARROWED:
        response = get(path, **asked)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        assert named.setdefault(response.headers["ETag"], content) == content
        assert get(path, **asked, headers={"if-none-match": response.headers["ETag"]}).status_code == 304
    assert len(named) == len(set(named.values())) > 10
    rome = get(path, city="rome").headers["ETag"]
    held = [etag for etag in named if get(path, city="rome", headers={"if-none-match": etag}).status_code == 304]
    assert held == [rome]


def test_all_that_fit_are_counted(safe_map: Map, get: Get) -> None:
    assert get("safe-spaces/", limit=1, service="legal,talk").json()["meta"]["total_count"] == 2


def test_distances_are_in_kilometres(safe_map: Map, get: Get) -> None:
    found = get("safe-spaces/", near="50.8467,4.3525").json()["features"]
    assert [one["properties"].get("distance") for one in found] == [0.0, 2.0, None]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("locale", "xx"),
        ("locale", ""),
        ("city", "nowhere"),
        ("city", "brussels,,"),
        ("audience", "legal"),
        ("service", "migrant-women"),
        ("service", "x" * 500),
        ("language", "FR"),
        ("language", "french"),
        ("language", "fr,"),
        ("near", ""),
        ("near", "50.85"),
        ("near", "50.85,4.35,1"),
        ("near", "91,4"),
        ("near", "50,181"),
        ("near", "nan,4"),
        ("near", "inf,4"),
        ("near", "1e1,4"),
        ("near", "٥٠,4"),
        ("near", "50 ,4"),
        ("bbox", "4.2,50.7,4.5"),
        ("bbox", "4.2,50.9,4.5,50.7"),
        ("bbox", "4.2,50.7,4.5,95"),
        ("bbox", "a,b,c,d"),
        ("open_at", ""),
        ("open_at", "today"),
        ("open_at", "2026-11-28"),
        ("open_at", "2026-11-28T10:30:00"),
        ("open_at", "2026-13-28T10:30:00Z"),
        ("open_at", "0001-01-01T00:00:00+14:00"),
        ("open_at", "0001-01-02T00:00:00Z"),
        ("open_at", "9999-12-31T23:59:59Z"),
        ("wheelchair", "yes"),
        ("free", ""),
        ("limit", "-1"),
        ("limit", "1001"),
        ("offset", "x"),
        ("offset", "9" * 20),
        ("nonsense", "1"),
        ("format", "csv"),
    ],
)
def test_what_cannot_be_used_is_named(safe_map: Map, get: Get, name: str, value: str) -> None:
    response = get("safe-spaces/", **{name: value})
    assert (response.status_code, response.headers["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["parameter"] == name
    assert len(response.content) < 500


def test_whoever_holds_an_answer_is_told_that_it_holds_still(safe_map: Map, get: Get) -> None:
    first = get("safe-spaces/", city="brussels")
    again = get("safe-spaces/", city="brussels", headers={"if-none-match": first.headers["ETag"]})
    assert (first.headers["Cache-Control"], again.status_code) == ("public, max-age=0, must-revalidate", 304)
    safe_map.area.title = "Another name"
    safe_map.area.save_revision().publish()
    record()
    assert get("safe-spaces/", city="brussels").headers["ETag"] != first.headers["ETag"]


def test_where_somebody_is_stays_in_no_cache(safe_map: Map, get: Get) -> None:
    for asked in ({"near": "50.8,4.3"}, {"open_at": "now"}):
        assert get("safe-spaces/", **asked).headers["Cache-Control"] == "no-store"


def test_it_costs_the_same_for_three_places_and_for_thirty(safe_map: Map, tree: Tree, client: Client) -> None:
    paths = ("/api/v2/safe-spaces/", "/api/v2/safe-spaces/?service=legal,talk&city=brussels&near=50,4&open_at=now")
    few = [queries(client, path) for path in paths]
    for number in range(30):
        SafeSpacePageFactory(parent=safe_map.organisation, city=tree.city, title=f"Place {number}")
    record()
    assert [queries(client, path) for path in paths] == few == [8, 9]


def test_what_is_withdrawn_expired_or_hidden_is_absent(safe_map: Map, get: Get) -> None:
    SafeSpacePage.objects.filter(pk=safe_map.exact.pk).update(live=False)
    assert titles(get) == [AREA, PHONE]
    SafeSpacePage.objects.filter(pk=safe_map.area.pk).update(
        expire_at=datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=1)
    )
    assert titles(get) == [PHONE]
    assert get("safe-spaces/").json()["meta"]["total_count"] == 1


def test_a_draft_changes_nothing(safe_map: Map, get: Get) -> None:
    before = get("safe-spaces/").content
    safe_map.exact.title = "Another name"
    safe_map.exact.save_revision()
    SafeSpacePageFactory(parent=safe_map.organisation, city=safe_map.exact.city, title="New", live=False)
    record()
    assert get("safe-spaces/").content == before


def test_names_are_in_the_language_asked_for(safe_map: Map, tree: Tree, get: Get) -> None:
    HelpFactory(code="legal", name="Conseil juridique", locale=locale("fr"))
    safe_map.exact.copy_for_translation(tree.homes["fr"].locale, copy_parents=True, alias=True)
    record()
    [place] = get("safe-spaces/", locale="fr").json()["features"]
    told = place["properties"]
    assert (place["id"], told["locale"], told["text_language"]) == (str(safe_map.exact.translation_key), "fr", "en")
    assert told["help"][0]["kind"] == {"code": "legal", "name": "Conseil juridique"}


def test_a_place_whose_organisation_is_hidden_does_not_name_it(safe_map: Map, get: Get) -> None:
    safe_map.organisation.unpublish()
    record()
    assert {str(one["properties"]["organisation"]) for one in get("safe-spaces/").json()["features"]} <= {"None"}


# The table -------------------------------------------------------------------------------------------------------


def rows(get: Get, **asked: Any) -> list[dict[str, str]]:
    response = get("safe-spaces.csv", **asked)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def test_a_table_that_spreadsheets_open(safe_map: Map, get: Get) -> None:
    response = get("safe-spaces.csv")
    content = b"".join(response.streaming_content)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="safe-spaces-en.csv"'
    assert content.startswith("\ufeffkey,organisation,title,".encode())
    exact, area, phone = rows(get)
    assert (exact["street"], exact["latitude"], exact["longitude"]) == ("12 Example Street", "50.84670", "4.35250")
    assert (area["precision"], area["district"], area["street"], area["latitude"]) == ("area", "brussels-north", "", "")
    assert (phone["district"], phone["city"], phone["organisation"]) == ("", "brussels", "Example Association")
    assert exact["phones"] == "'+00 0000 0101 | voice |  | fr |  | no"
    assert exact["hours"] == "MO,TU,WE,TH,FR | 09:00 | 17:00 |  |  |  | no"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "＝"])
def test_no_cell_of_the_table_is_a_formula(safe_map: Map, get: Get, start: str) -> None:
    """Whatever staff or a partner wrote into any text of a place."""
    formula = f'{start}HYPERLINK("https://example.org";A1)'
    exact, phone = safe_map.exact, safe_map.exact.phones.get()
    texts = ("title", "summary", "way_there", "eligibility", "arrival", "what_to_bring", "cost", "accessibility")
    for name in (*texts, "street", "postal_code", "checked_by"):
        setattr(exact, name, formula[: exact._meta.get_field(name).max_length])
    exact.is_free = False
    phone.number, phone.name = f"{start}1", formula[:60]
    exact.phones.add(phone)
    SafeSpacePage.save(exact, clean=False)
    safe_map.organisation.title = formula
    safe_map.organisation.save()
    record()
    guarded = 0
    for row in rows(get):
        for name, cell in row.items():
            assert not re.match("[=+@\\-\t\r\n＝＋－＠]", cell), (name, cell)
            guarded += cell.startswith(f"'{start}")
    assert guarded >= len(texts) + 3


def test_the_table_takes_the_same_filters(safe_map: Map, get: Get) -> None:
    assert [row["title"] for row in rows(get, near="50.865,4.355")] == [AREA, EXACT, PHONE]
    assert [row["title"] for row in rows(get, service="legal")] == [EXACT]
    assert get("safe-spaces.csv", city="nowhere").status_code == 400
    assert get("safe-spaces.csv", limit=1).status_code == 400


def test_whoever_holds_a_table_is_told_that_it_holds_still(safe_map: Map, get: Get, client: Client) -> None:
    etag = get("safe-spaces.csv").headers["ETag"]
    again = get("safe-spaces.csv", headers={"if-none-match": etag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    head = client.head("/api/v2/safe-spaces.csv")
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", etag)
    assert get("safe-spaces.csv", near="50,4").headers["Cache-Control"] == "no-store"


def test_the_table_costs_the_same_for_three_places_and_for_thirty(safe_map: Map, tree: Tree, client: Client) -> None:
    few = queries(client, "/api/v2/safe-spaces.csv")
    for number in range(30):
        SafeSpacePageFactory(parent=safe_map.organisation, city=tree.city, title=f"Place {number}")
    record()
    assert queries(client, "/api/v2/safe-spaces.csv") == few == 8
