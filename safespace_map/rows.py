"""Places as pages show them: terms by name, languages by name, open or not, how far."""

import datetime
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.text import capfirst

from safespace_map import saying, spoken
from safespace_map.finding import Found
from safespace_map.freshness import is_stale
from safespace_map.places import Helps, Phone, Place
from safespace_map.saying import Rule, Status
from safespace_map.vocabulary import CityTerm, Vocabulary


@dataclass(frozen=True)
class Line:
    """A telephone: as it is written, as it is dialled, and the languages that are spoken on it."""

    phone: Phone
    dialled: str
    languages: list[str]

    @property
    def scheme(self) -> str:
        return "sms" if self.phone.kind == "text" else "tel"


@dataclass(frozen=True)
class Kind:
    """A kind of help by its name in the reader's language, with what the place says of it."""

    name: str
    help: Helps


@dataclass(frozen=True)
class Row:
    """One place in a list or on its own page; `number` is its place in the list, 0 on its own page."""

    place: Place
    number: int
    path: str
    city: CityTerm
    district: str
    status: Status
    phones: list[Line]
    kinds: list[Kind]
    languages: list[str]
    audiences: list[str]
    stale: bool
    distance: float | None = None

    @property
    def rules(self) -> list[Rule]:
        """The hours of its weeks and the days to come that differ, for what is read later than now."""
        return saying.rules(self.place, timezone.localdate())

    @property
    def offset(self) -> str:
        """How far the clocks of the city are from UTC today, such as `UTC+01:00`."""
        now = datetime.datetime.now(zoneinfo.ZoneInfo(self.city.zone))
        return f"UTC{now.isoformat()[-6:]}"


def rows(
    found: Iterable[Found], terms: Vocabulary, reader: str, moment: datetime.datetime, first: int = 1
) -> list[Row]:
    """Return what a list shows, numbered from `first`."""
    return [row(one, terms, reader, moment, number) for number, one in enumerate(found, start=first)]


def row(found: Found, terms: Vocabulary, reader: str, moment: datetime.datetime, number: int = 0) -> Row:
    """Return one place with every code in the reader's words."""
    place = found.place
    city = terms.city(place.city)
    return Row(
        place=place,
        number=number,
        path=urlsplit(place.url).path,
        city=city,
        district=terms.districts.get(place.district, ""),
        status=saying.status(place.timetable(city.zone), moment),
        phones=[Line(phone, dialled(phone.number), language_names(phone.languages, reader)) for phone in place.phones],
        kinds=[Kind(terms.kinds.get(one.kind, one.kind), one) for one in place.help],
        languages=language_names(place.languages or sorted(place.spoken), reader),
        audiences=[name for code, name in terms.audiences.items() if code in place.audiences],
        stale=is_stale(place.check_again_by),
        distance=found.distance,
    )


def dialled(number: str) -> str:
    """Return a number as a telephone dials it."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


def language_names(codes: Iterable[str], reader: str) -> list[str]:
    return [capfirst(spoken.name(code, reader)) for code in codes]
