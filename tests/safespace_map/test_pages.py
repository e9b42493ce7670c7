"""The list of places and their pages as visitors see them, without scripts."""

import datetime
import io
import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from pypdf import PdfReader

from equalcity.publication.record import record
from safespace_map import saying
from safespace_map.models import SafeSpacePage
from safespace_map.place_page import opening_hours
from safespace_map.places import of_page
from tests.counting import queries
from tests.factories import (
    DistrictFactory,
    OpeningExceptionFactory,
    OpeningHoursFactory,
    SafeSpacePageFactory,
    Tree,
    locale,
)
from tests.factories.map import Map, add_roman_table

pytestmark = pytest.mark.django_db


def main(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    text = answer.content.decode()
    return text[text.index("<main") : text.index("</main>")]


def words(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main(client, path)))


def ask(client: Client, safe_map: Map, **asked: str) -> str:
    """Send the form as a browser does; return where it leads."""
    address = reverse("places:ask", args=[safe_map.index.pk])
    answer = client.post(address, asked, headers={"sec-fetch-site": "same-origin"})
    assert answer.status_code == 303
    return str(answer.url)


def titles(client: Client, path: str) -> list[str]:
    return re.findall(r'<h3><a href="[^"]+"><span class="vh">\d+\. </span><span[^>]*>([^<]+)', main(client, path))


def test_the_list_says_where_whom_to_call_and_when(safe_map: Map, client: Client) -> None:
    text = words(client, safe_map.index.url)
    assert "3 places" in text
    assert "1. Open Door Counter 12 Example Street , 0000 Brussels." in text
    assert "No address shown: call" in text
    assert "By phone only. Not on the map." in text
    assert "+00 0000 0101" in text
    assert 'href="tel:+0000000101"' in main(client, safe_map.index.url)
    assert "Checked on" in text
    assert "Arabic" in text
    assert "Europe/Brussels" in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"service": "legal"}, ["Open Door Counter"]),
        ({"language": "ar"}, ["The Lantern Room"]),
        ({"audience": "migrant-women", "wheelchair": "1"}, ["The Lantern Room"]),
        ({"city": "brussels", "near": "brussels-north"}, ["The Lantern Room", "Open Door Counter", "Night Line"]),
        ({"city": "nowhere"}, ["Open Door Counter", "The Lantern Room", "Night Line"]),
        ({"day": "2027-06-07", "time": "10:00"}, ["Open Door Counter", "The Lantern Room", "Night Line"]),
        ({"day": "2027-06-06", "time": "10:00"}, []),
        ({"free": "1", "language": "fr", "service": "talk"}, ["The Lantern Room"]),
    ],
)
def test_the_form_finds(safe_map: Map, client: Client, asked: dict[str, str], found: list[str]) -> None:
    assert titles(client, ask(client, safe_map, **asked)) == found


EXACT, AREA, PHONE, TABLE = "Open Door Counter", "The Lantern Room", "Night Line", "Roman Table"
SATURDAY = datetime.datetime(2026, 11, 28, 9, 30, tzinfo=datetime.UTC)


@pytest.fixture
def wide_map(safe_map: Map, monkeypatch: pytest.MonkeyPatch) -> Map:
    """The same with a place in Rome, on a Saturday."""
    add_roman_table(safe_map)
    monkeypatch.setattr(timezone, "now", lambda: SATURDAY)
    return safe_map


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [EXACT, AREA, PHONE, TABLE]),
        ({"city": "brussels"}, [EXACT, AREA, PHONE]),
        ({"city": "rome"}, [TABLE]),
        ({"service": "talk"}, [AREA]),
        ({"audience": "children"}, [EXACT, PHONE, TABLE]),
        ({"language": "it"}, [TABLE]),
        ({"when": "now"}, [TABLE]),
        ({"day": "2026-11-27", "time": "10:00"}, [EXACT, AREA, PHONE]),
        ({"time": "10:00"}, [TABLE]),
        ({"wheelchair": "1"}, [AREA]),
        ({"free": "1"}, [EXACT, AREA, PHONE]),
        ({"near": "brussels-north"}, [AREA, EXACT, PHONE, TABLE]),
        ({"city": "rome", "free": "1"}, []),
    ],
)
def test_each_answer_alone_leaves_out_what_does_not_fit(
    wide_map: Map, client: Client, asked: dict[str, str], found: list[str]
) -> None:
    """On the list, and on what is taken along from it."""
    path, _mark, token = ask(client, wide_map, **asked).partition("?")
    assert titles(client, f"{path}?{token}") == found
    assert titles(client, f"{path}print/?{token}") == found
    numbers = re.findall(r">\+00 0000 010(\d)", main(client, f"{path}card/?{token}"))
    assert [(EXACT, AREA, PHONE, TABLE)[int(number) - 1] for number in numbers] == found


def test_no_address_holds_what_was_asked(safe_map: Map, client: Client) -> None:
    path = ask(client, safe_map, service="legal", language="fr", city="brussels")
    text = main(client, path)
    addresses = [path, *re.findall(r'href="([^"]+)"', text)]
    assert [one for one in addresses if re.search(r"legal|[?&]language|service=|=fr\b", one)] == []
    assert "legal" not in client.get(path).content.decode().split("</title>")[0]


def test_a_form_of_another_site_is_refused(safe_map: Map, client: Client) -> None:
    address = reverse("places:ask", args=[safe_map.index.pk])
    assert client.post(address, {"city": "brussels"}, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_a_form_for_no_list_is_answered_404(safe_map: Map, client: Client) -> None:
    for pk in (safe_map.exact.pk, 0):
        answer = client.post(reverse("places:ask", args=[pk]), {}, headers={"sec-fetch-site": "same-origin"})
        assert answer.status_code == 404


def test_a_forgotten_question_shows_everything_and_says_so(safe_map: Map, client: Client) -> None:
    text = words(client, f"{safe_map.index.url}?s=made-up")
    assert "has been forgotten" in text
    assert "3 places" in text


def test_a_filter_can_be_dropped(safe_map: Map, client: Client) -> None:
    text = main(client, ask(client, safe_map, service="legal", language="ar"))
    assert "We know no place that fits all of this" in text
    assert "116 016" in text
    without = re.findall(r'<a class="chip" href="([^"]+)"', text)
    assert [titles(client, path) for path in without] == [["The Lantern Room"], ["Open Door Counter"]]


def test_an_unreadable_day_is_said_and_keeps_the_rest(safe_map: Map, client: Client) -> None:
    path = ask(client, safe_map, day="31/12/2026", time="soon", service="legal")
    text = main(client, path)
    assert "We could not read the day" in text
    assert 'value="31/12/2026"' in text
    assert titles(client, path) == ["Open Door Counter"]


def test_a_page_that_does_not_exist_is_404(safe_map: Map, client: Client) -> None:
    for number in ("0", "2", "x", "-1", "99999999"):
        assert client.get(f"{safe_map.index.url}?page={number}").status_code == 404


def test_pages_keep_what_was_asked(safe_map: Map, client: Client, tree: Tree) -> None:
    for number in range(20):
        SafeSpacePageFactory(parent=safe_map.organisation, city=tree.city, languages="so", title=f"Line {number}")
    record()
    path = ask(client, safe_map, language="so")
    following = re.search(r'rel="next" href="([^"]+)"', main(client, path))
    assert following
    second = following[1].replace("&amp;", "&")
    assert titles(client, second) == [f"Line {number}" for number in range(15, 20)]
    # Numbers go on, as on the map.
    assert re.findall(r'<span class="vh">(\d+)\. ', main(client, second)) == ["16", "17", "18", "19", "20"]


def test_the_number_of_queries_does_not_grow(safe_map: Map, client: Client, tree: Tree) -> None:
    paths = (safe_map.index.url, safe_map.organisation.url, safe_map.exact.url)
    with_three = [queries(client, path) for path in paths]
    for number in range(27):
        SafeSpacePageFactory(parent=safe_map.organisation, city=tree.city, title=f"Line {number}")
    record()
    assert [queries(client, path) for path in paths] == with_three


def test_a_late_check_is_marked(safe_map: Map, client: Client) -> None:
    assert "The next check is late" not in words(client, safe_map.index.url)
    safe_map.area.checked_on -= datetime.timedelta(days=200)
    safe_map.area.check_again_by = datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days=3)
    safe_map.area.save()
    record()
    assert "The next check is late" in words(client, safe_map.index.url)


def test_every_language_shows_list_place_and_organisation(safe_map: Map, client: Client) -> None:
    for code, _name in settings.LANGUAGES:
        if code == "en":
            continue
        for page in (safe_map.index, safe_map.organisation, *safe_map.places):
            page.copy_for_translation(locale(code), alias=True, copy_parents=True)
    record()
    for code, _name in settings.LANGUAGES:
        base = safe_map.index.url.replace("/en/", f"/{code}/")
        assert len(re.findall(r'class="safe-place"', main(client, base))) == 3, code
        text = main(client, safe_map.area.url.replace("/en/", f"/{code}/"))
        assert code == "en" or '<h1 lang="en" dir="ltr">' in text
    arabic = main(client, safe_map.index.url.replace("/en/", "/ar/"))
    assert 'lang="en" dir="ltr">The Lantern Room' in arabic
    assert "العربية" in arabic


def test_the_page_of_a_place(safe_map: Map, client: Client) -> None:
    text = words(client, safe_map.exact.url)
    assert "stays in the phone’s list of calls" in text
    assert text.index("+00 0000 0101") < text.index("What you get here") < text.index("The way there")
    assert "Ring at the blue door." in text
    assert "Today" in text
    assert text.count("09:00 to 17:00") in (5, 4)
    assert "social worker of the city" in text


def test_the_page_of_a_place_says_all_that_it_knows(safe_map: Map, client: Client) -> None:
    told = {
        "arrival": "Somebody opens and asks your first name.",
        "eligibility": "Everybody who is new here.",
        "what_to_bring": "Nothing at all.",
        "accessibility": "No steps, and a wide door.",
        "cost": "Two coins.",
        "checked_by": "night nurse",
    }
    place = safe_map.area
    for name, text in told.items():
        setattr(place, name, text)
    place.is_free, place.staff_gender_on_request = False, True
    place.save_revision().publish()
    record()
    for path in (place.url, f"{place.url}print/"):
        text = words(client, path)
        assert [one for one in told.values() if one not in text] == []
        assert text.index("What happens when you arrive") < text.index(told["arrival"]) < text.index("night nurse")
        assert "You can ask to speak with a woman or with a man." in text
        assert f"Checked on {date_format(place.checked_on)}." in text
        assert f"We check again by {date_format(place.check_again_by)}." in text


@pytest.mark.parametrize("route", ["", "print/", "card/"])
def test_nothing_tells_where_a_secret_place_is(safe_map: Map, client: Client, route: str) -> None:
    for place in (safe_map.area, safe_map.phone):
        text = client.get(place.url + route).content.decode()
        assert not re.search(r"latitude|geo:|PostalAddress|The way there", text)


def test_machines_are_told_what_readers_see(safe_map: Map, client: Client) -> None:
    text = client.get(safe_map.exact.url).content.decode()
    assert '"streetAddress": "12 Example Street"' in text
    safe_map.exact.title = "</script><b>"
    safe_map.exact.save()
    assert "</script><b>" not in client.get(safe_map.exact.url).content.decode()


def test_lists_and_places_can_be_printed(safe_map: Map, client: Client) -> None:
    path = ask(client, safe_map, service="legal")
    printed = re.search(r'href="([^"]+print/\?s=[^"]+)"', main(client, path))
    assert printed
    assert titles(client, printed[1]) == ["Open Door Counter"]
    assert '<svg class="qr"' in main(client, printed[1])
    assert "Monday to Friday: 09:00 to 17:00" in words(client, printed[1])
    assert "today" not in words(client, printed[1])
    assert '<svg class="qr"' in main(client, f"{safe_map.exact.url}print/")


def test_a_street_is_read_in_its_own_direction(safe_map: Map, client: Client) -> None:
    """Also where its page was translated, so that nothing says that it is in another language."""
    for page in (safe_map.index, safe_map.organisation, safe_map.exact):
        page.copy_for_translation(locale("ar"), copy_parents=True).get_latest_revision().publish()
    record()
    for path in ("", "example-association/open-door-counter/", "example-association/open-door-counter/print/"):
        assert '<bdi dir="ltr">12 Example Street</bdi>' in main(client, f"/ar/safe-spaces/{path}")


def test_on_paper_each_time_of_a_day_has_a_line(safe_map: Map, client: Client) -> None:
    OpeningHoursFactory(page=safe_map.exact, days="MO,TU,WE,TH,FR,SA,SU", opens_at="18:00", closes_at="19:00")
    safe_map.exact.save_revision().publish()
    pages = PdfReader(io.BytesIO(client.get(f"{safe_map.exact.url}pdf/").content)).pages
    lines = [line.strip() for page in pages for line in page.extract_text().splitlines()]
    assert lines.count("18:00 to 19:00") == 7
    assert lines.count("09:00 to 17:00") in {4, 5}


def test_a_card_names_nothing(safe_map: Map, client: Client) -> None:
    for page in (safe_map.index, safe_map.area):
        text = client.get(f"{page.url}card/").content.decode()
        card = re.search(r'<section class="card-sheet".*?</section>', text, re.DOTALL)
        assert card
        assert "<title>Notes</title>" in text
        assert re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", card[0])).split()[0] == "Notes"
        assert "Lantern" not in card[0]
        assert set(re.findall(r'href="([^"]+)"', card[0])) >= {"tel:112", "tel:116016", "tel:+0000000102"}
        # Nothing but its neutral title and numbers: no name, no kind of help, no city, no address of this site.
        assert re.sub(r"<[^>]+>|[\d\s+]", "", card[0]) == "Notes"
        assert "://" not in card[0]


def test_the_map_is_told_of_no_place_more_than_may_be_known(safe_map: Map, client: Client) -> None:
    DistrictFactory(code="rome-east", name="East", city=add_roman_table(safe_map).city)
    record()
    text = main(client, safe_map.index.url)
    found = re.search(r'<script id="map-data" type="application/json">(.*?)</script>', text)
    assert found
    told = json.loads(found[1])
    assert told["pins"] == [{"number": 1, "accent": "brussels", "at": [50.8467, 4.3525]}]
    assert told["areas"] == [{"number": 2, "accent": "brussels", "district": "brussels-north"}]
    assert list(told["districts"]) == ["brussels-north"]


def test_without_anything_to_draw_there_is_no_map(safe_map: Map, client: Client) -> None:
    safe_map.exact.unpublish()
    safe_map.area.unpublish()
    assert "data-map" not in main(client, safe_map.index.url)


def test_how_far_a_secret_place_is_is_told_of_its_district_only(safe_map: Map, client: Client) -> None:
    text = words(client, ask(client, safe_map, near="brussels-north"))
    assert "In this district" in text
    assert re.search(r"About \d+\.\d km away", text)


# For machines ----------------------------------------------------------------------------------------------------

LINKED = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def linked(client: Client, path: str) -> dict[str, Any]:
    """Return what machines are told on a page."""
    found = LINKED.search(client.get(path).content.decode())
    assert found
    said: dict[str, Any] = json.loads(found[1])
    return said


def hours_of(page: SafeSpacePage) -> list[tuple[str, str, str]]:
    """Return the hours that machines are told on a Wednesday morning."""
    place, morning = of_page(page), datetime.datetime(2026, 12, 9, 8, 30, tzinfo=datetime.UTC)
    rows = opening_hours(place, saying.week(place, "Europe/Brussels", morning))
    for row in rows:
        assert row["validFrom"] == row["validThrough"]
        assert row["dayOfWeek"] == f"https://schema.org/{datetime.date.fromisoformat(row['validFrom']):%A}"
    return [(row["validFrom"], row["opens"], row["closes"]) for row in rows]


def test_machines_are_told_the_hours_of_the_days_that_the_page_shows(safe_map: Map, client: Client) -> None:
    place = safe_map.exact
    OpeningHoursFactory(page=place, days="SA", opens_at="18:00", closes_at="02:00")
    OpeningHoursFactory(page=place, days="SU", opens_at="00:00", closes_at="00:00")
    OpeningHoursFactory(page=place, days="SU", opens_at="10:00", closes_at="11:00", by_appointment=True)
    OpeningExceptionFactory(page=place, first_day="2026-12-10", opens_at=None, closes_at=None)
    OpeningExceptionFactory(page=place, first_day="2026-12-11", opens_at="12:00", closes_at="13:00")
    assert hours_of(SafeSpacePage.objects.get(pk=place.pk)) == [
        ("2026-12-09", "09:00", "17:00"),
        ("2026-12-11", "12:00", "13:00"),
        ("2026-12-12", "18:00", "02:00"),
        ("2026-12-13", "00:00", "23:59"),
        ("2026-12-14", "09:00", "17:00"),
        ("2026-12-15", "09:00", "17:00"),
    ]
    assert len(linked(client, place.url)["openingHoursSpecification"]) >= 4


@pytest.mark.parametrize("changed", [{"by_appointment": True}, {"temporarily_closed": True}])
def test_machines_are_not_told_hours_at_which_nobody_is_let_in(
    safe_map: Map, client: Client, changed: dict[str, bool]
) -> None:
    SafeSpacePage.objects.filter(pk=safe_map.exact.pk).update(**changed)
    assert hours_of(SafeSpacePage.objects.get(pk=safe_map.exact.pk)) == []
    assert "openingHoursSpecification" not in linked(client, safe_map.exact.url)


def test_machines_are_told_of_a_secret_place_what_readers_are(safe_map: Map, client: Client) -> None:
    for place in (safe_map.area, safe_map.phone):
        said = linked(client, place.url)
        assert set(said) == {"@context", "@type", "name", "url", "description", "telephone", "areaServed"}
        assert said["@type"] == "Organization"
    assert linked(client, safe_map.area.url)["areaServed"] == "North, Brussels"
    assert linked(client, safe_map.phone.url)["areaServed"] == "Brussels"
    assert set(linked(client, safe_map.exact.url)) >= {"address", "geo", "openingHoursSpecification"}
