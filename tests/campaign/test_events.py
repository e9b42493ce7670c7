"""Events: their own time zone, clocks that change, calendars, past and to come."""

import datetime
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from icalendar import Calendar
from wagtail.models import PageViewRestriction

from campaign import times
from campaign.models import EventPage
from tests.campaign.conftest import Campaign
from tests.factories import EventPageFactory, Tree, locale

SPRING, AUTUMN = datetime.date(2027, 3, 28), datetime.date(2027, 10, 31)


def at(hour: int, minute: int = 0) -> datetime.time:
    return datetime.time(hour, minute)


def entries(client: Client, path: str) -> list[Any]:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_an_hour_left_out_does_not_exist() -> None:
    assert [times.exists(SPRING, at(hour, 30), "Europe/Brussels") for hour in (1, 2, 3)] == [True, False, True]
    assert times.exists(AUTUMN, at(2, 30), "Europe/Brussels")
    assert times.exists(SPRING, at(2, 30), "Africa/Tunis")


def test_an_hour_that_comes_twice_means_its_first() -> None:
    assert times.offset(times.moment(AUTUMN, at(2, 30), "Europe/Brussels")) == "UTC+02:00"


def test_a_night_with_a_change_of_clocks_is_as_long_as_it_is(campaign: Campaign, client: Client) -> None:
    event = EventPageFactory(
        parent=campaign.events,
        title="The short night",
        starts_on=SPRING,
        starts_at=at(1),
        ends_on=SPRING,
        ends_at=at(4),
    )
    assert event.ends.timestamp() - event.starts.timestamp() == 2 * 3600
    text = client.get(event.url).content.decode()
    assert '<time datetime="2027-03-28T01:00+01:00">' in text
    assert '<time datetime="2027-03-28T04:00+02:00">' in text
    assert '<bdi dir="ltr">Europe/Brussels</bdi> (<bdi dir="ltr">UTC+01:00 → UTC+02:00</bdi>)' in text
    (entry,) = entries(client, f"{event.url}event.ics")
    assert entry["DTSTART"].dt.timestamp() == event.starts.timestamp()
    assert entry["DTEND"].dt.timestamp() == event.ends.timestamp()
    assert entry["DTSTART"].params["TZID"] == "Europe/Brussels"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_on": SPRING, "starts_at": at(2, 30), "ends_on": SPRING, "ends_at": at(5)}, "starts_at"),
        ({"starts_on": SPRING, "starts_at": at(1), "ends_on": SPRING, "ends_at": at(2, 15)}, "ends_at"),
        ({"ends_at": at(14)}, "ends_at"),
        ({"ends_on": datetime.date(2037, 6, 2)}, "ends_at"),
        ({"place": ""}, "place"),
        ({"time_zone": "Europe/Nowhere"}, "time_zone"),
        ({"languages": "French"}, "languages"),
    ],
)
def test_what_cannot_be_is_refused(campaign: Campaign, changes: dict[str, Any], field: str) -> None:
    event = EventPage.objects.get(pk=campaign.event.pk)
    for name, value in changes.items():
        setattr(event, name, value)
    if field == "time_zone":
        with pytest.raises(ValidationError) as refused:
            event.clean_fields()
    else:
        with pytest.raises(ValidationError) as refused:
            event.full_clean()
    assert list(refused.value.message_dict) == [field]


def test_times_are_those_of_the_event_whatever_the_reader_s(campaign: Campaign, client: Client) -> None:
    event = EventPageFactory(parent=campaign.events, title="Far away", time_zone="Asia/Kathmandu")
    text = client.get(event.url).content.decode()
    assert '<time datetime="2037-06-03T14:00+05:45">' in text
    assert '<bdi dir="ltr">Asia/Kathmandu</bdi> (<bdi dir="ltr">UTC+05:45</bdi>)' in text


def test_what_is_over_comes_last_and_newest_first(campaign: Campaign, client: Client) -> None:
    for year in (2019, 2021):
        day = datetime.date(year, 5, 1)
        EventPageFactory(parent=campaign.events, title=f"In {year}", starts_on=day, ends_on=day)
    sooner = datetime.date(2036, 1, 1)
    EventPageFactory(parent=campaign.events, title="Sooner", starts_on=sooner, ends_on=sooner)
    text = client.get(campaign.events.url).content.decode()
    assert re.findall(r'<h3><a href="[^"]+">([^<]+)</a>', text) == ["Sooner", "An open afternoon", "In 2021", "In 2019"]
    teasers = client.get(campaign.page.url).content.decode()
    assert "In 2021" not in teasers


def test_what_is_cancelled_says_so(campaign: Campaign, client: Client) -> None:
    EventPage.objects.filter(pk=campaign.event.pk).update(cancelled=True)
    assert "This event does not take place." in client.get(campaign.event.url).content.decode()
    assert "Cancelled" in client.get(campaign.events.url).content.decode()
    assert "An open afternoon" not in client.get(campaign.page.url).content.decode()
    assert entries(client, f"{campaign.event.url}event.ics")[0]["STATUS"] == "CANCELLED"


def test_a_calendar_holds_the_event_its_zone_and_nothing_else(campaign: Campaign, client: Client) -> None:
    answer = client.get(f"{campaign.event.url}event.ics")
    made = Calendar.from_ical(answer.content)
    assert [str(zone["TZID"]) for zone in made.walk("VTIMEZONE")] == ["Europe/Brussels"]
    (entry,) = made.walk("VEVENT")
    assert str(entry["UID"]) == f"{campaign.event.translation_key}-en@equalcity"
    assert str(entry["SUMMARY"]) == "An open afternoon"
    assert entry["SUMMARY"].params["LANGUAGE"] == "en"
    assert str(entry["LOCATION"]) == "Library, Example City A"
    assert str(entry["URL"]) == f"http://testserver{campaign.event.get_url()}"
    assert not answer.cookies
    assert answer.content == client.get(f"{campaign.event.url}event.ics").content


def test_all_events_of_a_language_without_hidden_ones(campaign: Campaign, client: Client) -> None:
    EventPageFactory(parent=campaign.events, title="Draft", live=False)
    hidden = EventPageFactory(parent=campaign.events, title="Hidden")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    EventPageFactory(parent=campaign.events, title="Another")
    found = [str(entry["SUMMARY"]) for entry in entries(client, f"{campaign.events.url}events.ics")]
    assert found == ["An open afternoon", "Another"]


def test_the_calendar_of_a_list_without_events_is_empty(campaign: Campaign, client: Client) -> None:
    campaign.event.delete()
    assert entries(client, f"{campaign.events.url}events.ics") == []


def test_what_is_no_event_has_no_calendar(campaign: Campaign, tree: Tree, client: Client) -> None:
    for path in (f"{campaign.events.url}event.ics", f"{campaign.event.url}events.ics", "/en/nowhere/event.ics"):
        assert client.get(path).status_code == 404
    PageViewRestriction.objects.create(page=campaign.event, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(f"{campaign.event.url}event.ics").status_code == 404


def test_a_hidden_list_has_no_calendar(campaign: Campaign, client: Client) -> None:
    PageViewRestriction.objects.create(page=campaign.page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(f"{campaign.events.url}events.ics").status_code == 404


def test_dates_are_written_as_the_reader_s_language_does(campaign: Campaign, client: Client) -> None:
    written = {
        "en": "Wednesday 3 June 2037, 14:00",
        "fr": "mercredi 3 juin 2037, 14:00",
        "de": "Mittwoch, 3. Juni 2037, 14:00",
        "ar": "الأربعاء، 3 يونيو 2037، 2:00 م",
    }
    for language, begins in written.items():
        if language != "en":
            campaign.event.copy_for_translation(locale(language), copy_parents=True, alias=True)
        assert begins in client.get(campaign.event.url.replace("/en/", f"/{language}/")).content.decode()
