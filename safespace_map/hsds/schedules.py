"""When places are open, as schedules of HSDS."""

import datetime
import zoneinfo
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from safespace_map.geojson import day_codes
from safespace_map.hsds.words import day, label, without_gaps
from safespace_map.models import OpeningHours
from safespace_map.places import ChangeRow, HoursRow, Place
from safespace_map.surroundings import Surroundings


def schedules(place: Place, around: Surroundings) -> list[dict[str, Any]]:
    """Return when a place is open, week by week; then the days that differ, which HSDS can only describe.

    Times are those of the clock on the wall: `timezone` is the difference to UTC in winter, `description` names the
    zone, because one number is wrong for half of the year.
    """
    zone = around.zone(place)
    return [
        *(_weekly(row, zone, place.by_appointment) for row in place.hours),
        *(_differing(row, zone) for row in place.exceptions),
    ]


def _weekly(row: HoursRow, zone: str, always_by_appointment: bool) -> dict[str, Any]:
    hours = row.hours
    every_week = hours.week == 0
    days = [code if every_week else f"{hours.week}{code}" for code in day_codes(hours)]
    times = f"{hours.opens_at:%H:%M}–{hours.closes_at:%H:%M}"
    by_appointment = hours.by_appointment or always_by_appointment
    return without_gaps(
        {
            "id": row.key,
            "valid_from": day(hours.valid_from),
            "valid_to": day(hours.valid_until),
            "timezone": winter_offset(zone),
            "wkst": "MO",
            "freq": "WEEKLY" if every_week else "MONTHLY",
            "interval": 1,
            "byday": ",".join(days),
            "opens_at": f"{hours.opens_at:%H:%M}",
            "closes_at": f"{hours.closes_at:%H:%M}",
            "description": f"{','.join(days)} {times} {zone}",
            "attending_type": label("by_appointment", OpeningHours) if by_appointment else "",
            "notes": row.note,
            "by_appointment": hours.by_appointment,
        }
    )


def _differing(row: ChangeRow, zone: str) -> dict[str, Any]:
    change = row.change
    opens = f"{change.opens_at:%H:%M}" if change.opens_at else ""
    closes = f"{change.closes_at:%H:%M}" if change.closes_at else ""
    days = f"{change.first_day.isoformat()}/{change.last_day.isoformat()}"
    times = f"{opens}–{closes}" if opens else "–"
    return without_gaps(
        {
            "id": row.key,
            "valid_from": day(change.first_day),
            "valid_to": day(change.last_day),
            "timezone": winter_offset(zone),
            "opens_at": opens,
            "closes_at": closes,
            "description": f"{capfirst(_('Days that differ'))}: {days} {times} {zone}",
            "notes": row.note,
            "replaces_regular_hours": True,
        }
    )


def winter_offset(zone: str) -> float:
    """Return the hours by which the clocks of a zone differ from UTC when daylight is not saved."""
    noon = datetime.datetime(2026, 1, 15, 12, tzinfo=zoneinfo.ZoneInfo(zone))
    offset = (noon.utcoffset() or datetime.timedelta()) - (noon.dst() or datetime.timedelta())
    hours = offset / datetime.timedelta(hours=1)
    return int(hours) if hours.is_integer() else hours
