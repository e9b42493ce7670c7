"""Times of events: kept as the clock on the wall shows them, with the name of the time zone.

A wall clock and a zone stay right when a country changes its rules; a moment in UTC does not.
"""

import datetime
import zoneinfo
from functools import cache

from django.utils.formats import date_format
from django.utils.translation import pgettext

AREAS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


@cache
def zone_choices() -> list[tuple[str, str]]:
    """Return the zones of IANA that people live in, each under its own name."""
    return [(name, name) for name in sorted(zoneinfo.available_timezones()) if name.startswith(AREAS)]


def moment(day: datetime.date, time: datetime.time, zone: str) -> datetime.datetime:
    """Return the moment at which the clocks in `zone` show this; of an hour that comes twice, the first."""
    return datetime.datetime.combine(day, time, tzinfo=zoneinfo.ZoneInfo(zone))


def exists(day: datetime.date, time: datetime.time, zone: str) -> bool:
    """Whether the clocks ever show this: in spring they leave an hour out."""
    wall = moment(day, time, zone)
    return wall.astimezone(datetime.UTC).astimezone(wall.tzinfo).replace(tzinfo=None) == wall.replace(tzinfo=None)


def offset(when: datetime.datetime) -> str:
    """Return the distance from UTC as `UTC+02:00`."""
    return f"UTC{when.isoformat()[-6:]}"


def spoken(day: datetime.date, time: datetime.time) -> str:
    """Return a day of the week, its date and a time as the reader's language puts them together."""
    # Translators: letters as in PHP's date(): l weekday, j day, F month, Y year, H:i time.
    pattern = pgettext("day and time", "l j F Y, H:i")
    return date_format(datetime.datetime.combine(day, time), pattern)
