"""Opening hours against an oracle that walks through a year in quarters of an hour and watches the clock."""

import datetime
import random
import zoneinfo
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safespace_map.opening import Change, Hours, Timetable, at, is_open, moment_of

CITIES = ("Europe/Brussels", "Europe/Luxembourg", "Europe/Rome", "Europe/Stockholm")
# Every time in these tests is a quarter of an hour, so that nothing happens between two steps.
STEP = datetime.timedelta(minutes=15)
DAY = datetime.timedelta(days=1)
YEAR = datetime.date(2026, 1, 1)
EVERY_DAY = frozenset(range(7))


def time(text: str) -> datetime.time:
    return datetime.time.fromisoformat(text)


def utc(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


class Watcher:
    """Opens and closes doors while the minutes pass: for each rule, at the first moment whose clock shows the time."""

    def __init__(self, timetable: Timetable) -> None:
        self.timetable = timetable
        self.zone = zoneinfo.ZoneInfo(timetable.zone)

    def walk(self, first: datetime.date, count: int) -> Iterator[tuple[datetime.datetime, bool]]:
        """Yield every step (UTC) of some days with whether a door is open."""
        started: dict[tuple[datetime.date, int], bool] = {}
        reached: dict[datetime.date, datetime.time] = {}
        minute = datetime.datetime.combine(first - 2 * DAY, datetime.time(), tzinfo=datetime.UTC)
        end = datetime.datetime.combine(first + count * DAY, datetime.time(), tzinfo=datetime.UTC)
        begin = datetime.datetime.combine(first, datetime.time(), tzinfo=datetime.UTC)
        while minute < end:
            wall = minute.astimezone(self.zone)
            day, clock = wall.date(), wall.time()
            reached[day] = max(reached.get(day, datetime.time.min), clock)
            for shown in (day - DAY, day):
                for number, (opens, closes) in enumerate(self.rules(shown)):
                    key = (shown, number)
                    last = shown if closes > opens else shown + DAY
                    passed_opening = shown < day or reached.get(shown, datetime.time.min) >= opens
                    passed_closing = last < day or (last == day and reached[day] >= closes)
                    started[key] = passed_opening and not passed_closing
            # The doors of the day before yesterday are shut: nothing lasts longer than a day.
            open_now = any(state for (shown, _n), state in started.items() if shown >= day - DAY)
            if minute >= begin:
                yield minute, open_now
            minute += STEP

    @cache  # noqa: B019 - one watcher lives as long as its test
    def rules(self, day: datetime.date) -> list[tuple[datetime.time, datetime.time]]:
        replaced = [one for one in self.timetable.exceptions if one.first_day <= day <= one.last_day]
        if replaced:
            return [(one.opens_at, one.closes_at) for one in replaced if one.opens_at and one.closes_at]
        return [
            (hours.opens_at, hours.closes_at)
            for hours in self.timetable.hours
            if day.weekday() in hours.days
            and (hours.valid_from is None or hours.valid_from <= day)
            and (hours.valid_until is None or day <= hours.valid_until)
            and self.week_fits(hours, day)
        ]

    def week_fits(self, hours: Hours, day: datetime.date) -> bool:
        if not hours.week:
            return True
        month = [YEAR + DAY * n for n in range(-40, 420)]
        same = [one for one in month if (one.year, one.month, one.weekday()) == (day.year, day.month, day.weekday())]
        return same[hours.week - 1 if hours.week > 0 else -1] == day


def timetables(seed: int, zone: str) -> Timetable:
    """Return a timetable with nights, changes of clocks, months and exceptions in it."""
    dice = random.Random(seed)

    def quarter() -> datetime.time:
        return datetime.time(dice.randrange(24), dice.choice((0, 15, 30, 45)))

    hours = [
        Hours(
            days=frozenset(dice.sample(range(7), dice.randint(1, 7))),
            opens_at=quarter(),
            closes_at=quarter(),
            week=dice.choice((0, 0, 0, 1, 3, -1)),
            valid_from=dice.choice((None, datetime.date(2026, 3, 20))),
            valid_until=dice.choice((None, datetime.date(2026, 11, 2))),
        )
        for _n in range(3)
    ]
    hours.append(Hours(EVERY_DAY, time("02:30"), time(dice.choice(("03:15", "02:45")))))
    # A whole day and night, on one day of a month only: else nothing of the rest is seen.
    hours.append(Hours(frozenset({dice.randrange(7)}), time("02:30"), time("02:30"), week=2))
    hours.append(Hours(frozenset({5, 6}), time(dice.choice(("22:00", "01:00"))), time("02:30")))
    changes = (
        Change(datetime.date(2026, 3, 29), datetime.date(2026, 3, 29), quarter(), quarter()),
        Change(datetime.date(2026, 7, 1), datetime.date(2026, 7, 14)),
        Change(datetime.date(2026, 12, 24), datetime.date(2026, 12, 26), time("20:00"), time("04:00")),
    )
    return Timetable(zone, tuple(hours), changes)


@pytest.mark.parametrize("zone", CITIES)
def test_a_year_agrees_with_somebody_who_watches_the_clock(zone: str) -> None:
    timetable = timetables(CITIES.index(zone), zone)
    walked = list(Watcher(timetable).walk(YEAR, 365))
    assert [(moment, opened) for moment, opened in walked if is_open(timetable, moment) != opened] == []
    assert 0.1 < sum(opened for _moment, opened in walked) / len(walked) < 0.8


@pytest.mark.parametrize("zone", CITIES)
def test_the_next_change_is_where_the_watcher_sees_it(zone: str) -> None:
    timetable = timetables(10 + CITIES.index(zone), zone)
    dice = random.Random(zone)
    for day in (datetime.date(2026, 3, 27), datetime.date(2026, 10, 23), datetime.date(2026, 7, 12)):
        walked = list(Watcher(timetable).walk(day, 9))
        for number in dice.sample(range(3 * 96), 40):
            moment, opened = walked[number]
            change = next((later for later, state in walked[number:] if state != opened), None)
            said = at(timetable, moment)
            assert said.is_open == opened
            if change is not None:
                assert said.changes == change, (moment, opened)


NIGHT = Timetable("Europe/Brussels", (Hours(frozenset({4}), time("20:00"), time("06:00")),))


@pytest.mark.parametrize(
    ("moment", "opened"),
    [
        ("2026-11-27T18:59", False),
        ("2026-11-27T19:00", True),
        ("2026-11-28T04:59", True),
        ("2026-11-28T05:00", False),
    ],
)
def test_a_night_goes_on_after_midnight(moment: str, opened: bool) -> None:
    assert is_open(NIGHT, utc(moment)) is opened


def test_an_exception_takes_away_what_begins_on_its_days() -> None:
    closed = Change(datetime.date(2026, 11, 28), datetime.date(2026, 11, 28))
    timetable = Timetable("Europe/Brussels", (Hours(EVERY_DAY, time("20:00"), time("06:00")),), (closed,))
    assert is_open(timetable, utc("2026-11-28T03:00"))
    assert not is_open(timetable, utc("2026-11-28T22:00"))


def test_always_open_has_no_end() -> None:
    always = Timetable("Europe/Rome", (Hours(EVERY_DAY, time("00:00"), time("00:00")),))
    assert at(always, utc("2026-11-28T03:00")).always


def test_closed_for_now_wins_until_its_last_day_is_over() -> None:
    timetable = Timetable(
        "Europe/Brussels",
        (Hours(EVERY_DAY, time("09:00"), time("17:00")),),
        temporarily_closed=True,
        closed_until=datetime.date(2026, 11, 28),
    )
    assert not is_open(timetable, utc("2026-11-28T12:00"))
    assert at(timetable, utc("2026-11-28T12:00")).temporarily_closed
    assert is_open(timetable, utc("2026-11-29T12:00"))


def test_by_appointment_is_not_open_for_who_just_comes() -> None:
    hours = Hours(EVERY_DAY, time("09:00"), time("17:00"), by_appointment=True)
    timetable = Timetable("Europe/Brussels", (hours,))
    assert not is_open(timetable, utc("2026-11-28T12:00"))
    assert at(timetable, utc("2026-11-28T12:00")).by_appointment


def test_a_place_that_takes_appointments_only_is_never_just_open() -> None:
    timetable = Timetable("Europe/Brussels", (Hours(EVERY_DAY, time("09:00"), time("17:00")),), by_appointment=True)
    assert not is_open(timetable, utc("2026-11-28T12:00"))
    said = at(timetable, utc("2026-11-28T12:00"))
    assert (said.is_open, said.by_appointment) == (True, True)


@pytest.mark.parametrize(("day", "opened"), [(9, False), (10, True), (20, True), (21, False)])
def test_hours_hold_from_their_first_to_their_last_day(day: int, opened: bool) -> None:
    first, last = datetime.date(2026, 11, 10), datetime.date(2026, 11, 20)
    hours = Hours(EVERY_DAY, time("09:00"), time("17:00"), valid_from=first, valid_until=last)
    assert is_open(Timetable("Europe/Brussels", (hours,)), utc(f"2026-11-{day:02}T12:00")) is opened


def test_the_day_is_that_of_the_place() -> None:
    """Half past midnight in Rome is another day than in UTC."""
    night = Hours(frozenset({5}), time("00:00"), time("02:00"))
    assert is_open(Timetable("Europe/Rome", (night,)), utc("2026-11-27T23:30"))
    assert not is_open(Timetable("Europe/Rome", (night,)), utc("2026-11-28T23:30"))


def test_two_shifts_without_a_break_are_one_time() -> None:
    hours = (Hours(EVERY_DAY, time("09:00"), time("12:00")), Hours(EVERY_DAY, time("12:00"), time("18:00")))
    said = at(Timetable("Europe/Brussels", hours), utc("2026-11-28T09:00"))
    assert said.changes == utc("2026-11-28T17:00")


def test_nothing_is_known_of_a_place_without_hours() -> None:
    said = at(Timetable("Europe/Brussels"), utc("2026-11-28T12:00"))
    assert (said.is_open, said.changes) == (False, None)


@given(st.integers(0, 2 * 365 * 1440), st.sampled_from(CITIES))
def test_a_time_on_the_wall_becomes_the_first_moment_that_shows_it_or_a_later_one(minute: int, name: str) -> None:
    zone = zoneinfo.ZoneInfo(name)
    wall = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(minutes=minute)
    moment = moment_of(wall.date(), wall.time(), zone)
    shown = moment.astimezone(zone).replace(tzinfo=datetime.UTC)
    assert shown.replace(fold=0) >= wall
    before = (moment - datetime.timedelta(minutes=1)).astimezone(zone).replace(tzinfo=datetime.UTC)
    assert before.replace(fold=0) < wall
