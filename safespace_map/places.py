"""Published safe spaces as data: what list, map, API, exports and city packs are made of.

Read from publications and from nothing else, so that none of them can show what was not published. What a document
says is read once and kept by its etag; whether it may be shown is asked of the database each time.
"""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import orjson

from equalcity.core.models import District
from equalcity.core.models.terms import in_default_language
from equalcity.core.reading import written_in
from equalcity.publication.models import Publication
from equalcity.publication.predicate import delivered_pages
from safespace_map.fields import DAY_NUMBERS, codes
from safespace_map.opening import Change, Hours, Timetable

if TYPE_CHECKING:
    from safespace_map.models import SafeSpacePage

PLACE, ORGANISATION = "safespace_map.SafeSpacePage", "safespace_map.OrganisationPage"
MOST_KEPT = 40_000


@dataclass(frozen=True, slots=True)
class Point:
    """A position in degrees of WGS 84."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone line; `languages` are codes of ISO 639."""

    key: str
    number: str
    kind: str
    name: str
    languages: tuple[str, ...]
    hours: str
    is_free: bool
    cost: str


@dataclass(frozen=True, slots=True)
class Helps:
    """A kind of help that a place gives; `kind` is the code of its term."""

    key: str
    kind: str
    name: str
    description: str
    how_to_get_it: str
    minimum_age: int | None
    maximum_age: int | None


@dataclass(frozen=True, slots=True)
class HoursRow:
    """Opening hours with what is said about them."""

    key: str
    hours: Hours
    note: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Days that differ, with the reason."""

    key: str
    change: Change
    note: str


@dataclass(frozen=True)
class Place:
    """One published safe space in one language. Terms stand in it by their codes.

    `locale` is the language of the tree that it stands in, `language` that of its texts: another one for a place that
    was not translated. `point` is None unless the address is public.
    """

    id: int
    key: uuid.UUID
    locale: str
    language: str
    url: str
    organisation_id: int | None
    modified_at: datetime.datetime
    title: str
    summary: str
    is_example: bool
    machine_translated: bool
    city: str
    district: str
    precision: str
    street: str
    postal_code: str
    point: Point | None
    way_there: str
    arrival: str
    audiences: tuple[str, ...]
    eligibility: str
    languages: tuple[str, ...]
    interpreter: str
    staff_gender_on_request: bool
    what_to_bring: str
    is_free: bool
    cost: str
    wheelchair: str
    accessibility: str
    by_appointment: bool
    temporarily_closed: bool
    closed_until: datetime.date | None
    checked_on: datetime.date
    checked_by: str
    check_again_by: datetime.date
    phones: tuple[Phone, ...]
    help: tuple[Helps, ...]
    hours: tuple[HoursRow, ...]
    exceptions: tuple[ChangeRow, ...]

    @cached_property
    def spoken(self) -> frozenset[str]:
        """Every language that somebody at the place or on one of its lines speaks."""
        return frozenset(self.languages).union(*(phone.languages for phone in self.phones))

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The codes of the kinds of help."""
        return frozenset(one.kind for one in self.help)

    def timetable(self, zone: str) -> Timetable:
        """Return when it is open, as the clocks of its city show it; the same object each time."""
        if zone not in self._timetables:
            self._timetables[zone] = self._timetable(zone)
        return self._timetables[zone]

    @cached_property
    def _timetables(self) -> dict[str, Timetable]:
        return {}

    def _timetable(self, zone: str) -> Timetable:
        return Timetable(
            zone=zone,
            hours=tuple(row.hours for row in self.hours),
            exceptions=tuple(row.change for row in self.exceptions),
            by_appointment=self.by_appointment,
            temporarily_closed=self.temporarily_closed,
            closed_until=self.closed_until,
        )


@dataclass(frozen=True)
class Organisation:
    """Who runs places, in one language."""

    id: int
    key: uuid.UUID
    locale: str
    language: str
    url: str
    modified_at: datetime.datetime
    title: str
    summary: str
    description: str
    website: str
    email: str
    is_example: bool
    machine_translated: bool


@dataclass(frozen=True, slots=True)
class Area:
    """A district: its middle, and its outline where there is one, as [longitude, latitude] pairs."""

    code: str
    city: str
    middle: Point
    outline: tuple[tuple[float, float], ...]
    simplified: bool


_kept: dict[int, tuple[tuple[str, str], Any]] = {}


def places(locale: str) -> list[Place]:
    """Return the safe spaces that anybody may see right now, in one language. Two queries."""
    return _published(PLACE, locale, _place)


def organisations(locale: str) -> list[Organisation]:
    """Return the organisations that anybody may see right now, in one language. Two queries."""
    return _published(ORGANISATION, locale, _organisation)


def of_page(page: "SafeSpacePage") -> Place:
    """Return what a page says, published or not: for the page itself and for previews of it."""
    # The serializers of the API can be read only once every model is there.
    from equalcity.publication.represent import document_of

    return _place_said(
        document_of(page, None),
        id=page.pk,
        key=page.translation_key,
        locale=page.locale.language_code,
        language=written_in(page),
        organisation_id=None,
        modified_at=page.last_published_at,
    )


def areas() -> dict[str, Area]:
    """Return the districts by their codes. One query."""
    rows = District.objects.filter(in_default_language()).values_list(
        "code", "city__code", "latitude", "longitude", "outline", "simplified"
    )
    return {
        code: Area(
            code, city, Point(float(latitude), float(longitude)), tuple((x, y) for x, y in outline or ()), simplified
        )
        for code, city, latitude, longitude, outline, simplified in rows
    }


def where(place: Place, districts: Mapping[str, Area]) -> Point | None:
    """Return the point by which a place is found: its own, the middle of its district, or none."""
    if place.point is not None:
        return place.point
    area = districts.get(place.district)
    return area.middle if area else None


def _published(kind: str, locale: str, read: Any) -> list[Any]:
    """Return what is published of one type in the order of the tree; reads only documents that changed."""
    rows: list[Any] = list(
        delivered_pages()
        .filter(type=kind, locale=locale)
        .order_by("path")
        .values_list("pk", "document_etag", "original__document_etag", named=True)
    )
    missing = [row.pk for row in rows if row.pk not in _kept or _kept[row.pk][0] != _etags(row)]
    if missing:
        if len(_kept) + len(missing) > MOST_KEPT:
            _kept.clear()
            missing = [row.pk for row in rows]
        for row in _documents(missing):
            _kept[row.pk] = (_etags(row), read(row))
    return [_kept[row.pk][1] for row in rows if row.pk in _kept]


def _etags(row: Any) -> tuple[str, str]:
    return row.document_etag, row.original__document_etag or ""


def _documents(publications: Iterable[int]) -> Any:
    return Publication.objects.filter(pk__in=publications).values_list(
        "pk",
        "object_id",
        "key",
        "locale",
        "original__locale",
        "parent_id",
        "modified_at",
        "document_etag",
        "original__document_etag",
        "body__document",
        "original__body__document",
        named=True,
    )


def _read(row: Any) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads(row.body__document)
    if row.original__body__document is not None:
        document = orjson.loads(row.original__body__document) | document
    return document


def _place(row: Any) -> Place:
    return _place_said(
        _read(row),
        id=row.object_id,
        key=row.key,
        locale=row.locale,
        language=row.original__locale or row.locale,
        organisation_id=row.parent_id,
        modified_at=row.modified_at,
    )


def _place_said(said: dict[str, Any], **row: Any) -> Place:
    """Return the place that a document tells of; `row` is what stands beside the document.

    The precision decides, whatever else the document holds: what is not here can be shown, measured or found by nobody.
    """
    exact = said["precision"] == "exact"
    point = exact and said["latitude"] is not None and said["longitude"] is not None
    return Place(
        **row,
        url=said["meta"]["html_url"] or "",
        title=said["title"],
        summary=said["summary"],
        is_example=said["meta"]["example"],
        machine_translated=said["meta"]["machine_translated"],
        city=said["city"]["code"],
        district=said["district"]["code"] if said["district"] and said["precision"] != "phone" else "",
        precision=said["precision"],
        street=said["street"] if exact else "",
        postal_code=said["postal_code"] if exact else "",
        point=Point(float(said["latitude"]), float(said["longitude"])) if point else None,
        way_there=said["way_there"] if exact else "",
        arrival=said["arrival"],
        audiences=tuple(term["code"] for term in said["audiences"]),
        eligibility=said["eligibility"],
        languages=tuple(codes(said["languages"])),
        interpreter=said["interpreter"],
        staff_gender_on_request=said["staff_gender_on_request"],
        what_to_bring=said["what_to_bring"],
        is_free=said["is_free"],
        cost=said["cost"],
        wheelchair=said["wheelchair"],
        accessibility=said["accessibility"],
        by_appointment=said["by_appointment"],
        temporarily_closed=said["temporarily_closed"],
        closed_until=_day(said["closed_until"]),
        checked_on=datetime.date.fromisoformat(said["checked_on"]),
        checked_by=said["checked_by"],
        check_again_by=datetime.date.fromisoformat(said["check_again_by"]),
        phones=tuple(map(_phone, said["phones"])),
        help=tuple(map(_help, said["help"])),
        hours=tuple(map(_hours, said["hours"])),
        exceptions=tuple(map(_change, said["exceptions"])),
    )


def _organisation(row: Any) -> Organisation:
    said = _read(row)
    return Organisation(
        id=row.object_id,
        key=row.key,
        locale=row.locale,
        language=row.original__locale or row.locale,
        url=said["meta"]["html_url"],
        modified_at=row.modified_at,
        title=said["title"],
        summary=said["summary"],
        description=said["description"],
        website=said["website"],
        email=said["email"],
        is_example=said["meta"]["example"],
        machine_translated=said["meta"]["machine_translated"],
    )


def _phone(row: dict[str, Any]) -> Phone:
    return Phone(
        key=row["key"],
        number=row["number"],
        kind=row["kind"],
        name=row["name"],
        languages=tuple(codes(row["languages"])),
        hours=row["hours"],
        is_free=row["is_free"],
        cost=row["cost"],
    )


def _help(row: dict[str, Any]) -> Helps:
    return Helps(
        key=row["key"],
        kind=row["kind"]["code"],
        name=row["name"],
        description=row["description"],
        how_to_get_it=row["how_to_get_it"],
        minimum_age=row["minimum_age"],
        maximum_age=row["maximum_age"],
    )


def _hours(row: dict[str, Any]) -> HoursRow:
    return HoursRow(
        key=row["key"],
        hours=Hours(
            days=frozenset(DAY_NUMBERS[code] for code in codes(row["days"])),
            opens_at=datetime.time.fromisoformat(row["opens_at"]),
            closes_at=datetime.time.fromisoformat(row["closes_at"]),
            week=int(row["week"] or 0),
            valid_from=_day(row["valid_from"]),
            valid_until=_day(row["valid_until"]),
            by_appointment=row["by_appointment"],
        ),
        note=row["note"],
    )


def _change(row: dict[str, Any]) -> ChangeRow:
    first = datetime.date.fromisoformat(row["first_day"])
    return ChangeRow(
        key=row["key"],
        change=Change(
            first_day=first,
            last_day=_day(row["last_day"]) or first,
            opens_at=_time(row["opens_at"]),
            closes_at=_time(row["closes_at"]),
        ),
        note=row["note"],
    )


def _day(value: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if value else None


def _time(value: str | None) -> datetime.time | None:
    return datetime.time.fromisoformat(value) if value else None
