"""The table of places: its columns, and each place as a row of it. Terms stand in it by their codes.

What belongs to a place several times - telephones, kinds of help, hours, days that differ - stands in one cell, a
line for each with bars between its parts (`PARTS`).
"""

import csv
import datetime
import io
from collections.abc import Iterable, Iterator

from safespace_map.exchange.cells import guard, pack
from safespace_map.geojson import day_codes
from safespace_map.places import Place
from safespace_map.surroundings import Surroundings

COLUMNS = (
    "key",
    "organisation",
    "title",
    "summary",
    "precision",
    "city",
    "district",
    "street",
    "postal_code",
    "latitude",
    "longitude",
    "way_there",
    "phones",
    "help",
    "hours",
    "exceptions",
    "by_appointment",
    "temporarily_closed",
    "closed_until",
    "audiences",
    "eligibility",
    "languages",
    "interpreter",
    "staff_gender_on_request",
    "arrival",
    "what_to_bring",
    "is_free",
    "cost",
    "wheelchair",
    "accessibility",
    "checked_on",
    "checked_by",
    "check_again_by",
    "is_example",
    "machine_translated",
    "locale",
    "text_language",
    "url",
)
# The parts of a line in the cells that hold several.
PARTS = {
    "phones": ("number", "kind", "name", "languages", "hours", "is_free", "cost"),
    "help": ("kind", "name", "description", "how_to_get_it", "minimum_age", "maximum_age"),
    "hours": ("days", "opens_at", "closes_at", "week", "valid_from", "valid_until", "by_appointment", "note"),
    "exceptions": ("first_day", "last_day", "opens_at", "closes_at", "note"),
}
# Says to spreadsheets that UTF-8 follows.
BYTE_ORDER_MARK = "\ufeff"


def lines(places: Iterable[Place], around: Surroundings) -> Iterator[bytes]:
    """Yield the table as CSV (RFC 4180), line by line, in UTF-8."""
    yield _line(COLUMNS, start=BYTE_ORDER_MARK)
    for place in places:
        cells = row(place, around)
        yield _line([guard(cells[name]) for name in COLUMNS])


def _line(cells: Iterable[str], start: str = "") -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return (start + text.getvalue()).encode()


def row(place: Place, around: Surroundings) -> dict[str, str]:
    """Return a place as text by column, no more exact than it may be known."""
    organisation = around.organisation(place)
    exact = place.precision == "exact"
    point = place.point if exact else None
    return {
        "key": str(place.key),
        "organisation": organisation.title if organisation else "",
        "title": place.title,
        "summary": place.summary,
        "precision": place.precision,
        "city": place.city,
        "district": place.district if place.precision != "phone" else "",
        "street": place.street if exact else "",
        "postal_code": place.postal_code if exact else "",
        "latitude": f"{point.latitude:.5f}" if point else "",
        "longitude": f"{point.longitude:.5f}" if point else "",
        "way_there": place.way_there if exact else "",
        "phones": pack(
            (one.number, one.kind, one.name, ",".join(one.languages), one.hours, yes(one.is_free), one.cost)
            for one in place.phones
        ),
        "help": pack(
            (
                one.kind,
                one.name,
                one.description,
                one.how_to_get_it,
                _number(one.minimum_age),
                _number(one.maximum_age),
            )
            for one in place.help
        ),
        "hours": pack(
            (
                ",".join(day_codes(one.hours)),
                _clock(one.hours.opens_at),
                _clock(one.hours.closes_at),
                str(one.hours.week or ""),
                _day(one.hours.valid_from),
                _day(one.hours.valid_until),
                yes(one.hours.by_appointment),
                one.note,
            )
            for one in place.hours
        ),
        "exceptions": pack(
            (
                _day(one.change.first_day),
                _day(one.change.last_day) if one.change.last_day != one.change.first_day else "",
                _clock(one.change.opens_at),
                _clock(one.change.closes_at),
                one.note,
            )
            for one in place.exceptions
        ),
        "by_appointment": yes(place.by_appointment),
        "temporarily_closed": yes(place.temporarily_closed),
        "closed_until": _day(place.closed_until),
        "audiences": ",".join(place.audiences),
        "eligibility": place.eligibility,
        "languages": ",".join(place.languages),
        "interpreter": place.interpreter,
        "staff_gender_on_request": yes(place.staff_gender_on_request),
        "arrival": place.arrival,
        "what_to_bring": place.what_to_bring,
        "is_free": yes(place.is_free),
        "cost": place.cost,
        "wheelchair": place.wheelchair,
        "accessibility": place.accessibility,
        "checked_on": _day(place.checked_on),
        "checked_by": place.checked_by,
        "check_again_by": _day(place.check_again_by),
        "is_example": yes(place.is_example),
        "machine_translated": yes(place.machine_translated),
        "locale": place.locale,
        "text_language": place.language,
        "url": place.url,
    }


def yes(value: bool) -> str:
    return "yes" if value else "no"


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _day(value: datetime.date | None) -> str:
    return value.isoformat() if value else ""


def _clock(value: datetime.time | None) -> str:
    return f"{value:%H:%M}" if value else ""
