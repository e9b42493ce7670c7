"""A city's places as one file that works without a network: to keep, to hand on, to read where no one is online.

The same places, on the same day, give the same bytes. A file cannot be called back: it says from when it is and until
when it may be trusted, and leaves out places whose check is late already.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from equalcity.core.languages import direction
from safespace_map.finding import Found
from safespace_map.freshness import GRACE, is_stale
from safespace_map.listing import city_lines
from safespace_map.places import Place, places
from safespace_map.rows import Row, rows
from safespace_map.vocabulary import Vocabulary, vocabulary

FILE_NAME = "notes.html"
MOST_BYTES = 300 * 1024


@dataclass(frozen=True)
class Section:
    """A kind of help and who gives it."""

    name: str
    places: list[Row]


def made(city: str, language: str) -> bytes | None:
    """Return the file for a city in a language, or nothing for a city without places."""
    with translation.override(language):
        terms = vocabulary(language)
        own = [place for place in places(language) if place.city == city and not is_stale(place.check_again_by)]
        if city not in terms.cities or not own:
            return None
        total = len(own)
        packed = _rendered(own, total, terms, language)
        while len(packed) > MOST_BYTES and len(own) > 1:
            # Whole places only, the first in the editors' order; the file says how many are missing.
            own = own[: min(len(own) - 1, len(own) * MOST_BYTES // len(packed))]
            packed = _rendered(own, total, terms, language)
    return packed


def _rendered(own: list[Place], total: int, terms: Vocabulary, language: str) -> bytes:
    shown = rows(map(Found, own), terms, language, timezone.now())
    expires = min(place.check_again_by for place in own) + GRACE
    context: dict[str, Any] = {
        "language": language,
        "direction": direction(language),
        "city": terms.cities[own[0].city],
        "sections": sections(shown, terms),
        "places": shown,
        "total": total,
        "written_on": max(place.modified_at for place in own).astimezone(datetime.UTC).date(),
        "expires": expires,
        "city_lines": city_lines(own[0].city),
        "site_url": settings.SITE_URL,
    }
    return render_to_string("safespace_map/pack.html", context).encode()


def sections(shown: list[Row], terms: Vocabulary) -> list[Section]:
    """Return the places by kind of help in the vocabulary's order; those that name none come last."""
    found = [Section(name, [one for one in shown if code in one.place.kinds]) for code, name in terms.kinds.items()]
    rest = Section("", [one for one in shown if not one.place.kinds & terms.kinds.keys()])
    return [section for section in (*found, rest) if section.places]
