"""Published places as data: read from publications, asked for each time, found by what somebody needs."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from equalcity.publication.record import record
from safespace_map.finding import Box, Wanted, find, kilometres
from safespace_map.models import SafeSpacePage
from safespace_map.places import Point, organisations, places
from safespace_map.vocabulary import vocabulary
from tests.factories import CityFactory, DistrictFactory, OrganisationPageFactory, SafeSpacePageFactory, Tree
from tests.factories.map import Map

pytestmark = pytest.mark.django_db


def titles(wanted: Wanted) -> list[str]:
    terms = vocabulary("en")
    return [found.place.title for found in find(places("en"), wanted, terms.zones, terms.areas)]


def test_a_place_says_what_was_published(safe_map: Map) -> None:
    exact, area, phone = places("en")
    assert (exact.precision, exact.street, exact.point) == ("exact", "12 Example Street", Point(50.8467, 4.3525))
    assert (area.precision, area.street, area.point, area.district) == ("area", "", None, "brussels-north")
    assert (phone.precision, phone.point, phone.district) == ("phone", None, "")
    assert exact.spoken == {"en", "fr"}
    assert exact.kinds == {"legal"}
    assert exact.organisation_id == safe_map.organisation.pk
    assert [one.title for one in organisations("en")] == ["Example Association"]


def test_it_is_in_no_list_the_moment_it_is_withdrawn(safe_map: Map) -> None:
    assert len(places("en")) == 3
    SafeSpacePage.objects.filter(pk=safe_map.area.pk).update(live=False)
    assert [place.title for place in places("en")] == ["Open Door Counter", "Night Line"]


def test_a_draft_does_not_show(safe_map: Map) -> None:
    safe_map.exact.title = "Another name"
    safe_map.exact.save_revision()
    record()
    assert places("en")[0].title == "Open Door Counter"


def test_a_change_shows_once_it_is_recorded(safe_map: Map) -> None:
    assert places("en")[0].title == "Open Door Counter"
    safe_map.exact.title = "Another name"
    safe_map.exact.save_revision().publish()
    record()
    assert places("en")[0].title == "Another name"


def test_an_alias_says_whose_language_its_texts_are(safe_map: Map, tree: Tree) -> None:
    safe_map.phone.copy_for_translation(tree.homes["fr"].locale, copy_parents=True, alias=True)
    record()
    (place,) = [place for place in places("fr") if place.title == "Night Line"]
    assert (place.locale, place.language) == ("fr", "en")
    assert "/fr/" in place.url


def test_reading_costs_the_same_for_one_and_for_thirty(
    safe_map: Map, tree: Tree, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        SafeSpacePageFactory(parent=safe_map.organisation, city=tree.city, title=f"Place {number}")
    record()
    with django_assert_num_queries(2):
        assert len(places("en")) == 33
    with django_assert_num_queries(1):
        assert len(places("en")) == 33


def test_it_leaves_the_map_by_itself_two_weeks_after_the_check_was_due(safe_map: Map) -> None:
    safe_map.phone.checked_on -= datetime.timedelta(days=90)
    safe_map.phone.check_again_by = datetime.date.today() - datetime.timedelta(days=14)  # noqa: DTZ011
    safe_map.phone.save_revision().publish()
    record()
    assert "Night Line" in [place.title for place in places("en")]
    safe_map.phone.check_again_by -= datetime.timedelta(days=2)
    safe_map.phone.save()
    assert "Night Line" not in [place.title for place in places("en")]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ["Open Door Counter", "The Lantern Room", "Night Line"]),
        (Wanted(cities=frozenset({"rome"})), []),
        (Wanted(services=frozenset({"legal"})), ["Open Door Counter"]),
        (Wanted(services=frozenset({"legal", "talk"})), ["Open Door Counter", "The Lantern Room"]),
        (Wanted(languages=frozenset({"ar"})), ["The Lantern Room"]),
        (Wanted(languages=frozenset({"fr"})), ["Open Door Counter", "The Lantern Room", "Night Line"]),
        (Wanted(audiences=frozenset({"children"})), ["Open Door Counter", "Night Line"]),
        (Wanted(audiences=frozenset({"migrant-women"})), ["Open Door Counter", "The Lantern Room", "Night Line"]),
        (Wanted(wheelchair=True), ["The Lantern Room"]),
        (Wanted(box=Box(4.35, 50.86, 4.36, 50.87)), ["The Lantern Room"]),
        (Wanted(box=Box(4.0, 50.0, 5.0, 51.0)), ["Open Door Counter", "The Lantern Room"]),
        (Wanted(near=Point(50.865, 4.355)), ["The Lantern Room", "Open Door Counter", "Night Line"]),
        (
            Wanted(open_at=datetime.datetime(2026, 11, 27, 9, 30, tzinfo=datetime.UTC)),
            ["Open Door Counter", "The Lantern Room", "Night Line"],
        ),
        (Wanted(open_at=datetime.datetime(2026, 11, 28, 9, 30, tzinfo=datetime.UTC)), []),
    ],
)
def test_what_somebody_looks_for(safe_map: Map, wanted: Wanted, found: list[str]) -> None:
    assert titles(wanted) == found


def test_the_distance_of_two_cities() -> None:
    assert kilometres(Point(50.8467, 4.3525), Point(49.6116, 6.1319)) == pytest.approx(187, abs=2)


@pytest.mark.parametrize(
    "told",
    [
        {"street": "12 Example Street"},
        {"postal_code": "1000"},
        {"way_there": "Ring twice"},
        {"latitude": "50.1", "longitude": "4.1"},
        {"arrival": "We are at 50.84671, 4.35249 behind the church."},
        {"other_words": "what is at 50.84671, 4.35249"},
    ],
)
@pytest.mark.parametrize("precision", ["area", "phone"])
def test_what_must_not_be_known_is_refused_even_in_a_draft(safe_map: Map, precision: str, told: dict[str, str]) -> None:
    place = safe_map.area if precision == "area" else safe_map.phone
    for name, value in told.items():
        setattr(place, name, value)
    for act in (place.minimal_clean, place.full_clean, place.save_revision, place.save):
        with pytest.raises(ValidationError):
            act()


def test_a_district_is_refused_for_a_telephone(safe_map: Map) -> None:
    safe_map.phone.district = DistrictFactory()
    with pytest.raises(ValidationError):
        safe_map.phone.save()


@pytest.mark.parametrize("told", [{"street": "12 Example Street"}, {"latitude": "50.1"}, {"way_there": "Ring"}])
def test_the_database_itself_refuses_it(safe_map: Map, told: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SafeSpacePage.objects.filter(pk=safe_map.area.pk).update(**told)


def test_a_district_of_another_city_is_refused(safe_map: Map, tree: Tree) -> None:
    safe_map.area.district = DistrictFactory(code="rome-east", city=CityFactory(code="rome"))
    with pytest.raises(ValidationError):
        safe_map.area.full_clean()


def test_organisations_of_a_hidden_section_are_gone(safe_map: Map) -> None:
    other = OrganisationPageFactory(parent=safe_map.index, title="Other")
    record()
    assert len(organisations("en")) == 2
    other.unpublish()
    assert len(organisations("en")) == 1
