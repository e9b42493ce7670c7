"""What is said about opening hours, on the clocks of the place."""

import datetime

import pytest

from safespace_map.opening import Change, Hours, Timetable
from safespace_map.saying import status

WEEKDAYS = frozenset(range(5))
OFFICE = Hours(WEEKDAYS, datetime.time(9), datetime.time(17))
NIGHT = Hours(frozenset(range(7)), datetime.time(20), datetime.time(6))
ALWAYS = Hours(frozenset(range(7)), datetime.time(0), datetime.time(0))
ZONE = "Europe/Brussels"


def moment(day: int, hour: int) -> datetime.datetime:
    """A moment of November 2026 in Brussels, an hour before UTC; the 23rd is a Monday."""
    return datetime.datetime(2026, 11, day, hour - 1, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("timetable", "at", "words", "is_open"),
    [
        (Timetable(ZONE, (OFFICE,)), moment(23, 10), "Open now, until 17:00", True),
        (Timetable(ZONE, (OFFICE,)), moment(23, 8), "Closed, opens today at 09:00", False),
        (Timetable(ZONE, (OFFICE,)), moment(23, 18), "Closed, opens tomorrow at 09:00", False),
        (Timetable(ZONE, (OFFICE,)), moment(27, 18), "Closed, opens Monday at 09:00", False),
        (Timetable(ZONE, (NIGHT,)), moment(23, 22), "Open now, until tomorrow at 06:00", True),
        (Timetable(ZONE, (ALWAYS,)), moment(23, 22), "Open now, day and night", True),
        (Timetable(ZONE, (OFFICE,), by_appointment=True), moment(23, 10), "Only by appointment: call first", False),
        (
            Timetable(ZONE, (OFFICE,), by_appointment=True),
            moment(23, 18),
            "Only by appointment, next tomorrow at 09:00: call first",
            False,
        ),
        (Timetable(ZONE, by_appointment=True), moment(23, 10), "Only by appointment: call first", False),
        (Timetable(ZONE), moment(23, 10), "Opening hours are not known here: call first", False),
        (Timetable(ZONE, (OFFICE,), temporarily_closed=True), moment(23, 10), "Closed for now", False),
        (
            Timetable(ZONE, (OFFICE,), temporarily_closed=True, closed_until=datetime.date(2026, 12, 3)),
            moment(23, 10),
            "Closed for now, up to and including 3 December 2026",
            False,
        ),
        (
            Timetable(ZONE, (OFFICE,), (Change(datetime.date(2026, 11, 24), datetime.date(2026, 12, 3)),)),
            moment(23, 18),
            "Closed, opens 4 December 2026 at 09:00",
            False,
        ),
    ],
)
def test_what_is_said(timetable: Timetable, at: datetime.datetime, words: str, is_open: bool) -> None:
    said = status(timetable, at)
    assert (said.words, said.is_open) == (words, is_open)
