"""What the page of one place shows, and what machines that read it are told: no more than readers."""

import datetime
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from equalcity.core.reading import crumbs, reader
from safespace_map import saying
from safespace_map.finding import Found
from safespace_map.places import Place, of_page, places
from safespace_map.rows import Row, row
from safespace_map.saying import Day
from safespace_map.vocabulary import vocabulary

if TYPE_CHECKING:
    from safespace_map.models import OrganisationPage, SafeSpacePage

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MIDNIGHT, END_OF_DAY = datetime.time.min, datetime.time(23, 59)
# So that no text can end the script element that the data stands in.
ESCAPED = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def of_place(page: "SafeSpacePage", request: HttpRequest) -> dict[str, Any]:
    """Return what the page shows. It reads the page itself, so that a preview shows what it will be."""
    now = timezone.now()
    shown = row(Found(of_page(page)), vocabulary(reader()), reader(), now)
    way = crumbs(page, request)
    week = saying.week(shown.place, shown.city.zone, now)
    return {
        "row": shown,
        "place": shown.place,
        "week": week,
        "crumbs": way,
        "list": way[0] if way else None,
        "organisation": way[-1] if len(way) > 1 else None,
        "page_accent": shown.city.accent,
        "linked_data": linked_data(shown, week, page.get_url(request) or ""),
    }


def of_organisation(page: "OrganisationPage", request: HttpRequest) -> dict[str, Any]:
    """Return the organisation with its public places, in the editors' order."""
    now, terms = timezone.now(), vocabulary(reader())
    found = [Found(place) for place in places(page.locale.language_code) if place.organisation_id == page.pk]
    return {
        "rows": [row(one, terms, reader(), now, number) for number, one in enumerate(found, start=1)],
        "crumbs": crumbs(page, request),
    }


def linked_data(shown: Row, week: Iterable[Day], path: str) -> SafeString:
    """Return the place in the words of schema.org, for a script element."""
    place = shown.place
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Place" if place.precision == "exact" else "Organization",
        "name": place.title,
        "url": f"{settings.SITE_URL}{path}",
    }
    if place.summary:
        said["description"] = place.summary
    if shown.phones:
        said["telephone"] = shown.phones[0].phone.number
    if place.precision == "exact" and place.point:
        said["address"] = {
            "@type": "PostalAddress",
            "streetAddress": place.street,
            "postalCode": place.postal_code,
            "addressLocality": shown.city.name,
        }
        said["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": place.point.latitude,
            "longitude": place.point.longitude,
        }
        if hours := opening_hours(place, week):
            said["openingHoursSpecification"] = hours
    elif place.precision == "area":
        said["areaServed"] = f"{shown.district}, {shown.city.name}"
    else:
        said["areaServed"] = shown.city.name
    return mark_safe(json.dumps(said, ensure_ascii=False).translate(ESCAPED))  # noqa: S308 - no < > & is left


def opening_hours(place: Place, week: Iterable[Day]) -> list[dict[str, str]]:
    """Return the days of the week that the page shows, each valid for itself, as far as anybody is let in then."""
    if place.by_appointment or place.temporarily_closed:
        return []
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"https://schema.org/{WEEKDAYS[day.date.weekday()]}",
            "opens": f"{times.opens:%H:%M}",
            # A whole day ends a minute before the next one; earlier than it opens is on the next day.
            "closes": f"{END_OF_DAY if times.opens == times.closes == MIDNIGHT else times.closes:%H:%M}",
            "validFrom": day.date.isoformat(),
            "validThrough": day.date.isoformat(),
        }
        for day in week
        for times in day.times
        if times.opens is not None and times.closes is not None
    ]
