"""Places as GeoJSON (RFC 7946): each is drawn exactly as far as it may be known.

A place at a public address is a point; one of which only the district is known is the district, its outline or, where
there is none, its middle, with `precision` saying that it is an area; one by telephone has no geometry.
"""

from itertools import pairwise
from typing import Any

from safespace_map.fields import WEEKDAYS
from safespace_map.opening import Change, Hours
from safespace_map.places import Area, ChangeRow, Helps, HoursRow, Phone, Place, Point
from safespace_map.surroundings import Surroundings

MEDIA_TYPE = "application/geo+json"


def feature(place: Place, around: Surroundings, distance: float | None = None) -> dict[str, Any]:
    """Return a place as a feature. `distance` is in kilometres, given where somebody asked for what is near."""
    properties = _properties(place, around)
    if distance is not None:
        properties["distance"] = round(distance, 1)
    return {
        "type": "Feature",
        "id": str(place.key),
        "geometry": geometry(place, around.terms.areas.get(place.district)),
        "properties": properties,
    }


def geometry(place: Place, area: Area | None) -> dict[str, Any] | None:
    """Return where a place is, as far as its precision allows."""
    match place.precision:
        case "exact" if place.point is not None:
            return _point(place.point)
        case "area" if area is not None:
            return drawn(area)
        case _:
            return None


def drawn(area: Area) -> dict[str, Any]:
    """Return a district by its outline or, where there is none, by its middle."""
    return outline(area) or _point(area.middle)


def outline(area: Area) -> dict[str, Any] | None:
    """Return a district as a polygon whose ring runs counterclockwise, as RFC 7946 asks."""
    if not area.outline:
        return None
    ring = area.outline
    twice_the_area = sum(x * other_y - other_x * y for (x, y), (other_x, other_y) in pairwise(ring))
    return {"type": "Polygon", "coordinates": [list(map(list, ring if twice_the_area >= 0 else ring[::-1]))]}


def _point(point: Point) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [point.longitude, point.latitude]}


def _properties(place: Place, around: Surroundings) -> dict[str, Any]:
    organisation = around.organisation(place)
    area = around.terms.areas.get(place.district)
    return {
        "key": str(place.key),
        "page_id": place.id,
        "url": place.url,
        "locale": place.locale,
        "text_language": place.language,
        "modified_at": place.modified_at,
        "is_example": place.is_example,
        "machine_translated": place.machine_translated,
        "title": place.title,
        "summary": place.summary,
        "organisation": {"key": str(organisation.key), "title": organisation.title} if organisation else None,
        "precision": place.precision,
        "city": _named(around, "city", place.city),
        "district": _named(around, "district", place.district) if place.district else None,
        "simplified_outline": bool(area and area.outline and area.simplified and place.precision == "area"),
        "address": _address(place),
        "phones": [_phone(one) for one in place.phones],
        "help": [_help(one, around) for one in place.help],
        "audiences": [_named(around, "target_group", code) for code in place.audiences],
        "eligibility": place.eligibility,
        "languages": list(place.languages),
        "interpreter": place.interpreter or "no",
        "staff_gender_on_request": place.staff_gender_on_request,
        "arrival": place.arrival,
        "what_to_bring": place.what_to_bring,
        "is_free": place.is_free,
        "cost": place.cost,
        "wheelchair": place.wheelchair or "unknown",
        "accessibility": place.accessibility,
        "timezone": around.zone(place),
        "by_appointment": place.by_appointment,
        "hours": [_hours(one) for one in place.hours],
        "exceptions": [_exception(one) for one in place.exceptions],
        "temporarily_closed": place.temporarily_closed,
        "closed_until": place.closed_until,
        "checked_on": place.checked_on,
        "checked_by": place.checked_by,
        "check_again_by": place.check_again_by,
    }


def _named(around: Surroundings, vocabulary: str, code: str) -> dict[str, str]:
    return {"code": code, "name": around.name(vocabulary, code)}


def _address(place: Place) -> dict[str, str] | None:
    if place.precision != "exact":
        return None
    return {"street": place.street, "postal_code": place.postal_code, "way_there": place.way_there}


def _phone(phone: Phone) -> dict[str, Any]:
    return {
        "key": phone.key,
        "number": phone.number,
        "kind": phone.kind,
        "name": phone.name,
        "languages": list(phone.languages),
        "hours": phone.hours,
        "is_free": phone.is_free,
        "cost": phone.cost,
    }


def _help(help_: Helps, around: Surroundings) -> dict[str, Any]:
    return {
        "key": help_.key,
        "kind": _named(around, "help", help_.kind),
        "name": help_.name,
        "description": help_.description,
        "how_to_get_it": help_.how_to_get_it,
        "minimum_age": help_.minimum_age,
        "maximum_age": help_.maximum_age,
    }


def _hours(row: HoursRow) -> dict[str, Any]:
    hours: Hours = row.hours
    return {
        "days": day_codes(hours),
        "week": hours.week,
        "opens_at": f"{hours.opens_at:%H:%M}",
        "closes_at": f"{hours.closes_at:%H:%M}",
        "valid_from": hours.valid_from,
        "valid_until": hours.valid_until,
        "by_appointment": hours.by_appointment,
        "note": row.note,
    }


def day_codes(hours: Hours) -> list[str]:
    """Return the days of the week as iCalendar writes them, in the order of the week."""
    return [code for number, (code, _name) in enumerate(WEEKDAYS) if number in hours.days]


def _exception(row: ChangeRow) -> dict[str, Any]:
    change: Change = row.change
    return {
        "first_day": change.first_day,
        "last_day": change.last_day,
        "opens_at": f"{change.opens_at:%H:%M}" if change.opens_at else None,
        "closes_at": f"{change.closes_at:%H:%M}" if change.closes_at else None,
        "note": row.note,
    }
