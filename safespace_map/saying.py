"""When a place is open, in words: the answer for now, and the hours of the days to come.

All times are those of the clocks in the city of the place.
"""

import datetime
import zoneinfo
from dataclasses import dataclass

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from safespace_map import opening
from safespace_map.fields import WEEKDAYS
from safespace_map.opening import Now, Timetable
from safespace_map.places import ChangeRow, HoursRow, Place

A_WEEK = 7


@dataclass(frozen=True)
class Status:
    """What is said about one moment; `is_open` means that nobody needs an appointment."""

    words: str
    is_open: bool


@dataclass(frozen=True)
class Times:
    """One line of a day: times or “Closed”, with what is said about them.

    `opens` and `closes` are set where whoever comes at that time is let in.
    """

    words: str
    note: str = ""
    opens: datetime.time | None = None
    closes: datetime.time | None = None


@dataclass(frozen=True)
class Day:
    """A day of the next week with its times; `differs` where they are not those of the week."""

    date: datetime.date
    name: str
    is_today: bool
    differs: bool
    times: list[Times]


@dataclass(frozen=True)
class Rule:
    """Days and their times, for lists that hold longer than a week."""

    days: str
    times: Times


def status(timetable: Timetable, moment: datetime.datetime) -> Status:
    """Return what to say of a place at a moment (aware)."""
    now = opening.at(timetable, moment)
    if now.temporarily_closed:
        return Status(_suspended(timetable.closed_until), is_open=False)
    zone = zoneinfo.ZoneInfo(timetable.zone)
    local = moment.astimezone(zone)
    changes = now.changes.astimezone(zone) if now.changes else None
    if now.by_appointment:
        return Status(_by_appointment(now, changes, local), is_open=False)
    if now.is_open:
        return Status(_open(changes, local), is_open=True)
    if changes is not None:
        return Status(_("Closed, opens %(when)s") % {"when": when(changes, local)}, is_open=False)
    if timetable.hours:
        return Status(_("Closed"), is_open=False)
    return Status(_("Opening hours are not known here: call first"), is_open=False)


def when(moment: datetime.datetime, now: datetime.datetime) -> str:
    """Return a time to come as people say it: with the day, unless it is today. Both in the place's own zone."""
    said = {"time": time_format(moment.time())}
    days = (moment.date() - now.date()).days
    if days == 0:
        return _("today at %(time)s") % said
    if days == 1:
        return _("tomorrow at %(time)s") % said
    if days < A_WEEK:
        return _("%(day)s at %(time)s") % {**said, "day": date_format(moment, "l")}
    return _("%(day)s at %(time)s") % {**said, "day": date_format(moment, "DATE_FORMAT")}


def week(place: Place, zone: str, moment: datetime.datetime) -> list[Day]:
    """Return the hours of today and the six days that follow."""
    today = moment.astimezone(zoneinfo.ZoneInfo(zone)).date()
    return [_day(place, today + datetime.timedelta(days=n), is_today=n == 0) for n in range(A_WEEK)]


def rules(place: Place, today: datetime.date) -> list[Rule]:
    """Return the times of the week, then the days to come that differ."""
    found = []
    for row in place.hours:
        if row.hours.valid_until and row.hours.valid_until < today:
            continue
        days = _weekdays(sorted(row.hours.days))
        if row.hours.week:
            days = f"{days} ({_of_the_month(row.hours.week)})"
        found.append(Rule(days, _of_the_week(row)))
    for one in place.exceptions:
        if one.change.last_day >= today:
            found.append(Rule(_span(one.change.first_day, one.change.last_day), _differing(one)))
    return found


def _weekdays(days: list[int]) -> str:
    """Return days by name, three or more in a row as a span."""
    names = [str(name) for _code, name in WEEKDAYS]
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return _("%(first)s to %(last)s") % {"first": names[days[0]], "last": names[days[-1]]}
    return pgettext("between items of a list", ", ").join(names[day] for day in days)


def _of_the_month(week: int) -> str:
    return {
        1: _("in the first week of the month"),
        2: _("in the second week of the month"),
        3: _("in the third week of the month"),
        4: _("in the fourth week of the month"),
        -1: _("in the last week of the month"),
    }[week]


def _span(first: datetime.date, last: datetime.date) -> str:
    if first == last:
        return date_format(first, "DATE_FORMAT")
    said = {"first": date_format(first, "DATE_FORMAT"), "last": date_format(last, "DATE_FORMAT")}
    return _("%(first)s to %(last)s") % said


def _day(place: Place, date: datetime.date, *, is_today: bool) -> Day:
    name = date_format(date, "l")
    changes = [row for row in place.exceptions if row.change.first_day <= date <= row.change.last_day]
    if changes:
        return Day(date, name, is_today, differs=True, times=list(map(_differing, changes)))
    times = [_of_the_week(row) for row in place.hours if opening.holds_on(row.hours, date)]
    return Day(date, name, is_today, differs=False, times=times or [Times(_("Closed"))])


def _of_the_week(row: HoursRow) -> Times:
    opens, closes = row.hours.opens_at, row.hours.closes_at
    words = _hours(opens, closes)
    if row.hours.by_appointment:
        return Times(_("%(times)s, by appointment") % {"times": words}, row.note)
    return Times(words, row.note, opens, closes)


def _differing(row: ChangeRow) -> Times:
    opens, closes = row.change.opens_at, row.change.closes_at
    return Times(_hours(opens, closes), row.note, opens, closes)


def _hours(opens: datetime.time | None, closes: datetime.time | None) -> str:
    if opens is None or closes is None:
        return _("Closed")
    if opens == closes:
        return _("Day and night") if opens == datetime.time.min else _("24 hours from %s") % time_format(opens)
    said = {"opens": time_format(opens), "closes": time_format(closes)}
    if closes < opens and closes != datetime.time.min:
        return _("%(opens)s to %(closes)s the next day") % said
    return _("%(opens)s to %(closes)s") % said


def _open(changes: datetime.datetime | None, local: datetime.datetime) -> str:
    if changes is None:
        return _("Open now, day and night")
    if changes.date() == local.date():
        return _("Open now, until %(time)s") % {"time": time_format(changes.time())}
    return _("Open now, until %(when)s") % {"when": when(changes, local)}


def _by_appointment(now: Now, changes: datetime.datetime | None, local: datetime.datetime) -> str:
    if now.is_open or changes is None:
        return _("Only by appointment: call first")
    return _("Only by appointment, next %(when)s: call first") % {"when": when(changes, local)}


def _suspended(until: datetime.date | None) -> str:
    if until is None:
        return _("Closed for now")
    return _("Closed for now, up to and including %(day)s") % {"day": date_format(until, "DATE_FORMAT")}
