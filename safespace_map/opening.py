"""When a place is open: wall-clock hours of its city -> moments, and what to say at one of them.

Pure: nothing here reads the database or the clock. Hours are kept as the clock on the wall shows them; only here do
they become moments, so that they stay right across midnight, time zones and daylight saving.

Rules where the clock is not plain:
- a closing time that is not after the opening time lies on the next day; the same time twice is a day and a night;
- an hour that the clocks leave out in spring begins when they go on; of an hour that comes twice in autumn the first
  counts, so that nobody is sent to a door that has closed;
- an exception speaks of what begins on its days, and replaces all of it: a night that began before goes on.
"""

import datetime
import zoneinfo
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

DAY = datetime.timedelta(days=1)
# How far ahead the next opening is looked for: far enough for what opens once a month.
HORIZON = 40


@dataclass(frozen=True, slots=True)
class Hours:
    """Times at which a place opens on some days of the week; 0 is Monday.

    `week` is 0 for every week, 1 to 4 for the first to the fourth such day of the month, -1 for the last.
    """

    days: frozenset[int]
    opens_at: datetime.time
    closes_at: datetime.time
    week: int = 0
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None
    by_appointment: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """Days on which other times hold; without times the place is closed."""

    first_day: datetime.date
    last_day: datetime.date
    opens_at: datetime.time | None = None
    closes_at: datetime.time | None = None


@dataclass(frozen=True, slots=True)
class Timetable:
    """All that decides when a place is open. `zone` is a name of IANA."""

    zone: str
    hours: tuple[Hours, ...] = ()
    exceptions: tuple[Change, ...] = ()
    by_appointment: bool = False
    temporarily_closed: bool = False
    closed_until: datetime.date | None = None
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Count the hash once: what opens on a day is looked up by it for every place of a list."""
        told = (self.zone, self.hours, self.exceptions, self.by_appointment, self.temporarily_closed, self.closed_until)
        object.__setattr__(self, "_hash", hash(told))

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True, slots=True)
class Span:
    """One time without interruption during which the place is open; both ends in UTC.

    In the zone of the place two moments would be compared by what the wall shows, which is wrong twice a year.
    """

    begins: datetime.datetime
    ends: datetime.datetime
    by_appointment: bool = False

    def holds(self, moment: datetime.datetime) -> bool:
        return self.begins <= moment < self.ends


@dataclass(frozen=True, slots=True)
class Now:
    """What to say at one moment: open (until when), or closed (until when, if that is known). `changes` is in UTC."""

    is_open: bool
    changes: datetime.datetime | None = None
    by_appointment: bool = False
    temporarily_closed: bool = False

    @property
    def always(self) -> bool:
        """Whether no end is in sight."""
        return self.is_open and self.changes is None


def at(timetable: Timetable, moment: datetime.datetime) -> Now:
    """Return whether a place is open at a moment (aware), and when that changes."""
    moment = moment.astimezone(datetime.UTC)
    if is_suspended(timetable, moment):
        return Now(is_open=False, temporarily_closed=True)
    today = moment.astimezone(zoneinfo.ZoneInfo(timetable.zone)).date()
    if not any(hours.days for hours in timetable.hours) and not timetable.exceptions:
        return Now(is_open=False, by_appointment=timetable.by_appointment)
    for span in joined(_spans(timetable, today - DAY, HORIZON + 1)):
        if span.holds(moment):
            endless = span.ends - moment > DAY * (HORIZON - 2)
            return Now(
                is_open=True,
                changes=None if endless else span.ends,
                by_appointment=span.by_appointment or timetable.by_appointment,
            )
        if span.begins > moment:
            return Now(
                is_open=False,
                changes=span.begins,
                by_appointment=span.by_appointment or timetable.by_appointment,
            )
    return Now(is_open=False, by_appointment=timetable.by_appointment)


def is_open(timetable: Timetable, moment: datetime.datetime) -> bool:
    """Whether somebody who arrives at a moment without an appointment is let in. Looks at two days only."""
    if timetable.by_appointment or is_suspended(timetable, moment):
        return False
    today = moment.astimezone(zoneinfo.ZoneInfo(timetable.zone)).date()
    return any(span.holds(moment) and not span.by_appointment for span in _spans(timetable, today - DAY, 2))


def is_suspended(timetable: Timetable, moment: datetime.datetime) -> bool:
    """Whether the place is closed for now. The day named as the end is still closed."""
    if not timetable.temporarily_closed:
        return False
    today = moment.astimezone(zoneinfo.ZoneInfo(timetable.zone)).date()
    return timetable.closed_until is None or today <= timetable.closed_until


def joined(spans: Iterable[Span]) -> list[Span]:
    """Join what touches or overlaps, so that two shifts without a break are one time."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: one.begins):
        last = found[-1] if found else None
        if last is not None and span.begins <= last.ends and span.by_appointment == last.by_appointment:
            found[-1] = Span(last.begins, max(last.ends, span.ends), last.by_appointment)
        else:
            found.append(span)
    return found


def _spans(timetable: Timetable, first: datetime.date, count: int) -> Iterator[Span]:
    for n in range(count):
        yield from _of_day(timetable, first + DAY * n)


@lru_cache(maxsize=30_000)
def _of_day(timetable: Timetable, day: datetime.date) -> tuple[Span, ...]:
    """Return what begins on a day. Kept, because every visitor of a list asks about the same few days."""
    return tuple(_beginning(timetable, day))


def _beginning(timetable: Timetable, day: datetime.date) -> Iterator[Span]:
    zone = zoneinfo.ZoneInfo(timetable.zone)
    if replaced := [one for one in timetable.exceptions if one.first_day <= day <= one.last_day]:
        for one in replaced:
            if one.opens_at is not None and one.closes_at is not None:
                yield _span(day, one.opens_at, one.closes_at, zone)
        return
    for hours in timetable.hours:
        if holds_on(hours, day):
            yield _span(day, hours.opens_at, hours.closes_at, zone, hours.by_appointment)


def holds_on(hours: Hours, day: datetime.date) -> bool:
    """Whether these hours speak of a day."""
    if day.weekday() not in hours.days:
        return False
    if (hours.valid_from and day < hours.valid_from) or (hours.valid_until and day > hours.valid_until):
        return False
    match hours.week:
        case 0:
            return True
        case -1:
            return (day + DAY * 7).month != day.month
        case nth:
            return (day.day - 1) // 7 + 1 == nth


def _span(
    day: datetime.date,
    opens: datetime.time,
    closes: datetime.time,
    zone: zoneinfo.ZoneInfo,
    by_appointment: bool = False,
) -> Span:
    last = day if closes > opens else day + DAY
    return Span(moment_of(day, opens, zone), moment_of(last, closes, zone), by_appointment)


def moment_of(day: datetime.date, time: datetime.time, zone: zoneinfo.ZoneInfo) -> datetime.datetime:
    """Return the first moment (UTC) of a day at which the clocks show this time or, in a gap, a later one."""
    wall = datetime.datetime.combine(day, time, tzinfo=zone)
    moment = wall.astimezone(datetime.UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return moment
    return _end_of_gap(wall, zone)


def _end_of_gap(wall: datetime.datetime, zone: zoneinfo.ZoneInfo) -> datetime.datetime:
    """Return the moment to which the clocks jump: where the difference to UTC changes, found by halving."""
    before = (wall.replace(fold=0, tzinfo=zone) - datetime.timedelta(hours=3)).astimezone(datetime.UTC)
    after = before + datetime.timedelta(hours=6)
    old = before.astimezone(zone).utcoffset()
    while after - before > datetime.timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return (after + datetime.timedelta(microseconds=500_000)).replace(microsecond=0)
