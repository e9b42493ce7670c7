"""Events as iCalendar (RFC 5545), each in its own time zone, which is written out in full."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext
from icalendar import Calendar
from icalendar import Event as Entry


def answer(title: str, events: Iterable[Any], request: HttpRequest, name: str) -> HttpResponse:
    """Return the calendar file. Equal events give equal bytes: it holds no time of its own making."""
    return HttpResponse(
        calendar(title, list(events), request),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.ics"'},
    )


def calendar(title: str, events: list[Any], request: HttpRequest) -> bytes:
    made = Calendar()
    made.add("prodid", f"-//{settings.INSTANCE_NAME}//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("name", title)
    for event in events:
        made.add_component(entry(event, request))
    if events:
        # A year on both sides: what a calendar keeps in view, not all that a zone ever did.
        made.add_missing_timezones(
            first_date=datetime.date(min(event.starts_on.year for event in events) - 1, 1, 1),
            last_date=datetime.date(max(event.ends_on.year for event in events) + 1, 12, 31),
        )
    content: bytes = made.to_ical()
    return content


def entry(event: Any, request: HttpRequest) -> Entry:
    """Return one event; its identity is the same in every version of it in this language."""
    language = {"language": get_language() or settings.LANGUAGE_CODE}
    address = settings.SITE_URL + (event.get_url(request) or "")
    made = Entry()
    made.add("uid", f"{event.translation_key}-{event.locale.language_code}@equalcity")
    made.add("dtstamp", event.last_published_at or event.latest_revision_created_at or event.starts)
    made.add("dtstart", event.starts)
    made.add("dtend", event.ends)
    made.add("summary", event.title, parameters=language)
    notes = [event.summary, gettext("Example written for demonstration.") if event.is_example else "", address]
    made.add("description", "\n".join(filter(None, notes)), parameters=language)
    if event.where == event.Where.ONLINE or event.place:
        online = event.where == event.Where.ONLINE
        made.add("location", str(event.get_where_display()) if online else event.place, parameters=language)
    made.add("url", address)
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    # Calendars on a shared screen show the time as taken, and no more.
    made.add("class", "PRIVATE")
    return made
