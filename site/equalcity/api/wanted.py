"""What a query string asks of the map: the filters that GeoJSON and CSV share."""

import datetime
import re
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import timezone

from equalcity.api.parameters import Parameter, Query, read_moment
from equalcity.api.problems import BadParameter
from equalcity.core.models.terms import VOCABULARIES
from equalcity.publication.models import Publication
from safespace_map.finding import Box, Wanted
from safespace_map.places import Point

DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,12})?", re.ASCII)
ZONED = re.compile(r"(?:[Zz]|[+ -]\d\d:?\d\d)$", re.ASCII)
LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)
YEARS = range(2000, 2200)

# Parameter -> vocabulary of the term whose code it takes.
TERM_FILTERS = {"city": "city", "audience": "target_group", "service": "help"}

LOCALE = Parameter(
    "locale", "Language of the answer; without it the site's first one.", {"type": "string", "example": "fr"}
)
FILTERS: tuple[Parameter, ...] = (
    LOCALE,
    Parameter("city", "Code of a city; several widen the choice.", repeatable=True),
    Parameter(
        "audience",
        "Code of a target group; several widen the choice. A place that names none is for everybody.",
        repeatable=True,
    ),
    Parameter(
        "service", "Code of a kind of help (`terms/?vocabulary=help`); several widen the choice.", repeatable=True
    ),
    Parameter(
        "language",
        "A language that is spoken there or on the telephone, as ISO 639 writes it; several widen the choice.",
        {"type": "string", "pattern": "^[a-z]{2,3}$", "example": "ar"},
        repeatable=True,
    ),
    Parameter(
        "near",
        "`latitude,longitude` in degrees: the nearest first, with `distance` in kilometres. It leaves nothing out; a "
        "place of which only the district is known counts as in its middle, one by telephone comes last.",
        {"type": "string", "example": "50.85,4.35"},
    ),
    Parameter(
        "bbox",
        "`west,south,east,north` in degrees: only what lies inside, by its point or the middle of its district.",
        {"type": "string", "example": "4.2,50.7,4.5,50.95"},
    ),
    Parameter(
        "open_at",
        "Only what is open at this moment: ISO 8601 with its difference to UTC, or `now`.",
        {"type": "string", "example": "2026-11-28T21:30:00+01:00"},
    ),
    Parameter("wheelchair", "With `true`: only what is accessible with a wheelchair.", {"type": "boolean"}),
    Parameter("free", "With `true`: only what is free of charge.", {"type": "boolean"}),
)


def locale_of(query: Query) -> str:
    """Return the language to answer in."""
    return query.locale() or settings.LANGUAGE_CODE


def wanted(query: Query) -> Wanted:
    """Return what somebody looks for. Raises `BadParameter`; one query when codes are named, else none."""
    terms = _codes(query)
    return Wanted(
        cities=terms["city"],
        audiences=terms["audience"],
        services=terms["service"],
        languages=_languages(query),
        near=_near(query),
        box=_box(query),
        open_at=_open_at(query),
        wheelchair=query.is_set("wheelchair"),
        free=query.is_set("free"),
    )


def tells_of_who_asks(query: Query) -> bool:
    """Whether the answer belongs in no cache: it says where somebody is, or what holds only now."""
    return "near" in query or query.text("open_at") == "now"


def _codes(query: Query) -> dict[str, frozenset[str]]:
    asked = {name: query.words(name) for name in TERM_FILTERS}
    keys = {VOCABULARIES[TERM_FILTERS[name]].key_for(code): (name, code) for name in asked for code in asked[name]}
    known = _terms().filter(key__in=keys).values_list("key", flat=True) if keys else ()
    if unknown := [keys[key] for key in keys if key not in set(known)]:
        name, code = unknown[0]
        raise BadParameter(name, f"There is no such code; terms/ lists them all. Unknown: {code[:60]}")
    return {name: frozenset(codes) for name, codes in asked.items()}


@cache
def _terms() -> Any:
    return Publication.objects.filter(kind="term", state=Publication.State.LIVE)


def _languages(query: Query) -> frozenset[str]:
    given = query.words("language")
    if any(not LANGUAGE.fullmatch(code) for code in given):
        raise BadParameter("language", "It must be a code of ISO 639: two or three small letters, such as ar.")
    return frozenset(given)


def _near(query: Query) -> Point | None:
    if "near" not in query:
        return None
    latitude, longitude = _numbers(query, "near", (90, 180), "latitude,longitude in degrees, for example 50.85,4.35")
    return Point(latitude, longitude)


def _box(query: Query) -> Box | None:
    if "bbox" not in query:
        return None
    right = "west,south,east,north in degrees, for example 4.2,50.7,4.5,50.95"
    west, south, east, north = _numbers(query, "bbox", (180, 90, 180, 90), right)
    if south > north:
        raise BadParameter("bbox", "Its south lies north of its north; the order is west,south,east,north.")
    return Box(west, south, east, north)


def _numbers(query: Query, name: str, most: tuple[int, ...], right: str) -> list[float]:
    given = query.text(name).split(",")
    if len(given) != len(most) or not all(map(DEGREES.fullmatch, given)):
        raise BadParameter(name, f"It must be {right}.")
    numbers = list(map(float, given))
    if any(abs(number) > limit for number, limit in zip(numbers, most, strict=True)):
        raise BadParameter(name, f"No place on Earth has these degrees. It must be {right}.")
    return numbers


def _open_at(query: Query) -> datetime.datetime | None:
    given = query.optional("open_at")
    if given is None:
        return None
    if given == "now":
        return timezone.now()
    moment = read_moment("open_at", given)
    # Without its difference to UTC a time means another moment in each city.
    if "T" not in given.upper().replace(" ", "T", 1) or not ZONED.search(given[10:]):
        raise BadParameter(
            "open_at", "Say the time with its difference to UTC, as in 2026-11-28T21:30:00+01:00, or now."
        )
    if moment.year not in YEARS:
        raise BadParameter("open_at", f"It must lie between the years {YEARS[0]} and {YEARS[-1]}.")
    return moment
