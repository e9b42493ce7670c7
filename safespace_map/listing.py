"""The list of places: what a visitor asked, what fits, one page of it, and the form to ask anew."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from equalcity.core import offline
from equalcity.core.reading import reader
from equalcity.core.sealed import Expired
from safespace_map import asking, mapping, spoken, tiles
from safespace_map.asking import AT, NOW, Asked, NoMoment
from safespace_map.finding import Found, find
from safespace_map.places import Place, places
from safespace_map.rows import Row, dialled, rows
from safespace_map.vocabulary import NOWHERE, Vocabulary, vocabulary

if TYPE_CHECKING:
    from safespace_map.models import SafeSpaceIndexPage

A_PAGE = 15
MOST_PRINTED = 100


@dataclass(frozen=True)
class Option:
    """A value that can be chosen."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Group:
    """Districts of one city."""

    label: str
    options: list[Option]


@dataclass(frozen=True)
class Chip:
    """An answer in use, and the way to the list without it."""

    label: str
    url: str


@dataclass(frozen=True)
class CityLine:
    """A city's own help line in the reader's language."""

    number: str
    dialled: str
    city: str
    name: str


@dataclass(frozen=True)
class Answer:
    """What the list knows once it was asked."""

    asked: Asked
    terms: Vocabulary
    all: list[Place]
    found: list[Found]
    moment: datetime.datetime
    expired: bool = False
    problem: bool = False

    @property
    def zone(self) -> str:
        """The clocks that a day and time in the form are read on: those of the city, or of the first one."""
        return zone_of(self.asked, self.terms)


def answer(index: "SafeSpaceIndexPage", request: HttpRequest) -> Answer:
    """Return the places that fit what `?s=` asks for; all of them when it asks for nothing or is forgotten."""
    language = index.locale.language_code
    asked, expired = Asked(), False
    if token := request.GET.get("s"):
        try:
            asked = asking.unseal(token)
        except Expired:
            expired = True
    terms, everything, now = vocabulary(reader()), places(language), timezone.now()
    asked = asking.known(
        asked,
        {
            "city": terms.cities,
            "near": terms.areas,
            "audience": terms.audiences,
            "service": terms.kinds,
            "language": spoken.names(reader()),
        },
    )
    try:
        open_at, problem = asked.moment(zone_of(asked, terms), now), False
    except NoMoment:
        open_at, problem = None, True
    found = find(everything, asked.wanted(open_at, terms.areas), terms.zones, terms.areas)
    if not asked.near:
        order = {code: number for number, code in enumerate(terms.cities)}
        found.sort(key=lambda one: order.get(one.place.city, len(order)))
    return Answer(asked, terms, everything, found, now, expired, problem)


def of_list(index: "SafeSpaceIndexPage", request: HttpRequest) -> dict[str, Any]:
    """Return what the page of the list shows."""
    known = answer(index, request)
    page = page_of(request, known.found)
    shown = rows(page.object_list, known.terms, reader(), known.moment, page.start_index())
    address = index.get_url(request) or ""
    token = request.GET.get("s", "") if known.asked.parameters else ""
    return {
        "rows": shown,
        "pages": page,
        "total": len(known.found),
        "asked": known.asked,
        "expired": known.expired,
        "problem": known.problem,
        "token": token,
        "address": address,
        "form": form(known),
        "chips": chips(known, address),
        "city_lines": city_lines(known.asked.city),
        "chosen_city": known.terms.cities.get(known.asked.city),
        "pack_cities": with_places(known),
        "zones": sorted({row.city.zone for row in shown}),
        "drawn": mapping.drawn(shown, known.terms),
        "map_tiles": tiles.address(),
        "any_example": any(row.place.is_example for row in shown),
        "page_accent": known.terms.city(known.asked.city).accent,
    }


def of_print(index: "SafeSpaceIndexPage", request: HttpRequest) -> dict[str, Any]:
    """Return all places that fit, up to what can sensibly be printed."""
    known = answer(index, request)
    printed: list[Row] = rows(known.found[:MOST_PRINTED], known.terms, reader(), known.moment)
    return {
        "rows": printed,
        "total": len(known.found),
        "printed_on": known.moment,
        "chips": chips(known, ""),
        "city_lines": city_lines(known.asked.city),
        "token": request.GET.get("s", "") if known.asked.parameters else "",
    }


def page_of(request: HttpRequest, found: list[Found]) -> Page[Found]:
    """Return the page that `?page=` asks for. Raises `Http404` for one that does not exist."""
    paginator = Paginator(found, A_PAGE)
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) < 7 and 1 <= int(number) <= paginator.num_pages):
        raise Http404
    return paginator.page(int(number))


def zone_of(asked: Asked, terms: Vocabulary) -> str:
    first = next(iter(terms.cities.values()), NOWHERE)
    return terms.cities.get(asked.city, first).zone


# The form -----------------------------------------------------------------------------------------------------


def form(known: Answer) -> dict[str, Any]:
    """Return the choices: only what some published place answers to."""
    asked, terms = known.asked, known.terms
    cities = {place.city for place in known.all}
    kinds = {kind for place in known.all for kind in place.kinds}
    audiences = {code for place in known.all for code in place.audiences}
    spoken_there = frozenset[str]().union(*(place.spoken for place in known.all))
    languages = {code: capfirst(spoken.name(code, reader())) for code in spoken_there}
    named = {code: city.name for code, city in terms.cities.items()}
    return {
        "cities": options(named, cities, asked.city),
        "districts": districts(known, cities),
        "services": options(terms.kinds, kinds, asked.service),
        "audiences": options(terms.audiences, audiences, asked.audience),
        "languages": options(dict(sorted(languages.items(), key=lambda one: one[1])), languages, asked.language),
        "whens": [
            Option("", _("Any time"), not asked.when),
            Option(NOW, _("Now"), asked.when == NOW),
            Option(AT, _("On a day, at a time"), asked.when == AT),
        ],
        "zone": known.zone,
    }


def options(named: dict[str, str] | Any, there: Iterable[str], chosen: str) -> list[Option]:
    """Return the values that lead somewhere, in the order of their names, and the one that is chosen."""
    kept = set(there)
    return [Option(code, name, code == chosen) for code, name in named.items() if code in kept or code == chosen]


def districts(known: Answer, cities: set[str]) -> list[Group]:
    """Return the districts to measure distances from: those of the chosen city, or of every city with places."""
    wanted = {known.asked.city} if known.asked.city else cities
    groups = []
    for city in known.terms.cities.values():
        if city.code in wanted:
            own = {code for code, area in known.terms.areas.items() if area.city == city.code}
            if choices := options(known.terms.districts, own, known.asked.near):
                groups.append(Group(city.name, [one for one in choices if one.value in own]))
    return groups


def chips(known: Answer, address: str) -> list[Chip]:
    """Return what was asked in words, each with the way to the list without it."""
    asked, terms = known.asked, known.terms
    said = {
        "city": terms.city(asked.city).name,
        "near": _("near %(district)s") % {"district": terms.districts.get(asked.near, "")} if asked.near else "",
        "service": terms.kinds.get(asked.service, ""),
        "audience": terms.audiences.get(asked.audience, ""),
        "language": capfirst(spoken.name(asked.language, reader())),
        "when": said_moment(known),
        "wheelchair": _("Wheelchair") if asked.wheelchair else "",
        "free": _("Free of charge") if asked.free else "",
    }
    return [Chip(words, list_address(address, asked.without(name))) for name, words in said.items() if words]


def said_moment(known: Answer) -> str:
    if known.asked.when == NOW:
        return _("Open now")
    if known.asked.when != AT or known.problem:
        return ""
    moment = known.asked.moment(known.zone, known.moment)
    if moment is None:
        return ""
    said = {"day": date_format(moment, "DATE_FORMAT"), "time": time_format(moment.time())}
    return _("Open on %(day)s at %(time)s") % said


def list_address(address: str, asked: Asked) -> str:
    token = asked.token
    return f"{address}?s={token}" if token else address


def with_places(known: Answer) -> list[Any]:
    """Return the cities that have places: the chosen one, or all."""
    there = {place.city for place in known.all}
    wanted = {known.asked.city} if known.asked.city else there
    return [city for code, city in known.terms.cities.items() if code in there & wanted]


def city_lines(city: str) -> list[CityLine]:
    """Return the help line of the chosen city, or of every city. No query."""
    language = reader()
    return [
        CityLine(
            line.number,
            dialled(line.number),
            line.cities.get(language) or next(iter(line.cities.values()), ""),
            line.names.get(language) or next(iter(line.names.values()), ""),
        )
        for line in offline.read().lines
        if city in {"", line.code}
    ]
