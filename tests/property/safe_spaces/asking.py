"""Public requests by the thousand: every address a stranger can ask, with the parameters it takes and some it does not.

`ENDPOINTS` lists the addresses with their parameters; whoever adds one to the site adds it here. Addresses that do not
exist (yet) are asked all the same: their 404 must not differ either.
"""

import re
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.utils import translation
from hypothesis import strategies as st

from equalcity.core.sealed import unseal
from safespace_map.asking import PURPOSE, Asked
from safespace_map.finding import Box, Wanted, find
from safespace_map.places import Point, places
from safespace_map.vocabulary import vocabulary
from tests.equalcity.api.hidden.asking import TOKEN, Answer, Ask
from tests.property.safe_spaces.world import Base, Secret

ADDRESSES = count(1)
SEALED = re.compile(rb"\bs=(gAAAA[\w=-]+)")
Given = st.SearchStrategy[str]


def some(*values: str) -> Given:
    return st.sampled_from(values)


CODES = some("en", "fr", "ar", "en,fr")
NUMBERS = st.integers(-1, 30).map(str)
DEGREES = st.tuples(st.floats(50.6, 51.1), st.floats(4.1, 4.7)).map(lambda one: f"{one[0]:.5f},{one[1]:.5f}")
BOXES = st.tuples(st.floats(4.0, 4.4), st.floats(50.6, 50.9), st.floats(4.3, 4.9), st.floats(50.8, 51.1)).map(
    lambda box: ",".join(f"{one:.4f}" for one in box)
)
MOMENTS = st.tuples(st.integers(1, 28), st.integers(0, 23)).map(lambda one: f"2026-11-{one[0]:02}T{one[1]:02}:30:00Z")
WORDS = some(
    "open", "door", "lantern", "night", "once known", "house", "ring", "example street", "legal", "draft", "not yet"
)
FILTERS: dict[str, Given] = {
    "city": some("brussels", "rome"),
    "service": some("legal", "talk", "nonsense"),
    "audience": some("migrant-women", "children"),
    "language": some("fr", "ar", "en"),
    "open_at": MOMENTS,
    "wheelchair": some("true", "1"),
    "free": some("true", "1"),
    "near": DEGREES,
    "bbox": BOXES,
    "district": some("brussels-north"),
    "locale": CODES,
    "limit": NUMBERS,
    "offset": NUMBERS,
    "page": NUMBERS,
    "format": some("json", "csv"),
    "full": some("true"),
}
# The answers of the list's form, which are sealed on the way.
ASKED: dict[str, Given] = {
    "city": some("brussels", "rome"),
    "near": some("brussels-north"),
    "audience": some("migrant-women"),
    "service": some("legal", "talk"),
    "language": some("fr", "ar", "en"),
    "wheelchair": some("on"),
    "free": some("on"),
}
PAGES: dict[str, Given] = {
    "type": some("safespace_map.SafeSpacePage", "safespace_map.OrganisationPage", "home.StandardPage"),
    "fields": some("*", "_,title", "street,latitude", "title,precision"),
    "locale": CODES,
    "fallback": some("en", "fr,en"),
    "order": some("title", "-title", "id", "-id", "-modified_at", "first_published_at", "slug"),
    "limit": NUMBERS,
    "offset": NUMBERS,
    "search": WORDS,
    "slug": some("not-yet-open", "members-only", "once-known-house", "night-line"),
    "title": some("Not Yet Open", "Members Only", "Night Line"),
    "city": some("brussels"),
    "modified_after": some("2020-01-01", "2029-01-01"),
    "show_in_menus": some("true", "false"),
}
SEARCH: dict[str, Given] = {
    "q": WORDS, "page": NUMBERS, "type": PAGES["type"], "city": some("brussels"), "language": some("fr", "ar"),
}  # fmt: skip
FEED: dict[str, Given] = {"limit": NUMBERS, "locale": CODES}
ENDPOINTS: dict[str, dict[str, Given]] = {
    "/api/v2/pages/": PAGES,
    "/api/v2/pages/find/": {"html_path": some("/en/safe-spaces/", "/en/safe-spaces/example-association/not-yet-open/")},
    "/api/v2/search/": {**SEARCH, "locale": CODES},
    "/api/v2/suggest/": {"q": WORDS, "locale": CODES},
    "/api/v2/changes/": FEED,
    "/api/v2/manifest/": {"locale": CODES, "bucket": some("00", "7f", "ff", "zz")},
    "/api/v2/terms/": {"vocabulary": some("city", "district", "help")},
    "/api/v2/images/": {"limit": NUMBERS},
    "/api/v2/documents/": {"order": some("title", "-id")},
    "/api/v2/export.ndjson": {},
    "/api/v2/schema/": {},
    "/api/v2/safe-spaces/": FILTERS,
    "/api/v2/safe-spaces.csv": FILTERS,
    "/api/v2/hsds/": {},
    "/api/v2/hsds/services": FILTERS,
    "/api/v2/hsds/service_at_locations": FILTERS,
    "/api/v2/hsds/organizations": FILTERS,
    "/api/v2/hsds/taxonomies": {},
    "/api/v2/hsds/taxonomy_terms": {},
    "/api/v2/docs/": {},
    "/{code}/search/": SEARCH,
    "/{code}/safe-spaces/": FILTERS,
    "/{code}/safe-spaces/card/": {},
    "/{code}/safe-spaces/print/": {},
    "/{code}/safe-spaces/pack/brussels/": {},
    "/{code}/help/": {},
    "/{code}/events.ics": {},
    "/{code}/": {},
    "/": {},
    "/sitemap.xml": {},
    "/robots.txt": {},
    "/cms/taken-back/": {},
    "/cms/recall/deleted/": {},
    "/{code}/safe-spaces/pdf/": {},
    "/healthz": {},
    "/readyz": {},
}


@dataclass(frozen=True)
class Look:
    """What list, map, API, exports and packs are all made from, asked directly: the places that fit, in their order."""

    code: str
    wanted: Wanted = field(default_factory=Wanted)


Request = Ask | Look


def requests(base: Base, secrets: tuple[Secret, Secret]) -> st.SearchStrategy[Request]:
    """Return requests of any kind, those of somebody who guesses the secrets among them."""
    words = [word for secret in secrets for word in secret.words]
    points = [point for secret in secrets for point in secret.points]
    guesses = st.sampled_from(words) | WORDS
    near = st.sampled_from([",".join(point) for point in points]) | DEGREES
    with_guesses = {"search": guesses, "q": guesses, "near": near}
    last = max(page.pk for page in base.map.places)
    plain = st.sampled_from(sorted(ENDPOINTS)).flatmap(lambda path: _with_parameters(path, with_guesses))
    ids = st.integers(last - 15, last + 15).map(str)
    by_id = st.builds(
        lambda pk, how: Ask(how.format(pk=pk)),
        ids,
        some(
            "/api/v2/pages/{pk}/", "/api/v2/pages/{pk}/?fields=*", "/api/v2/pages/?child_of={pk}",
            "/api/v2/pages/?descendant_of={pk}", "/api/v2/pages/?translation_of={pk}", "/api/v2/pages/?id={pk}",
            "/api/v2/pages/find/?id={pk}", "/cms/pages/{pk}/edit/", "/cms/safe-spaces/{pk}/precision/",
            "/cms/safe-spaces/{pk}/notes/", "/cms/recall/{pk}/", "/api/v2/pages/{pk}/?locale=fr&fallback=en",
        ),
    )  # fmt: skip
    below = "/safe-spaces/example-association"
    paths = st.builds(
        lambda code, path: Ask(f"/{code}{path}"),
        some("en", "fr", "ar"),
        some(
            "/safe-spaces/nothing/", f"{below}/not-yet-open/", f"{below}/members-only/", f"{below}/", "/never-was/",
            f"{below}/never-was/", f"{below}/not-yet-open/pdf/", f"{below}/not-yet-open/card/",
            f"{below}/the-lantern-room/", f"{below}/the-lantern-room/card/", f"{below}/the-lantern-room/print/",
        ),
    )  # fmt: skip
    suggest = st.builds(
        lambda code, word, length: Ask(f"/{code}/search/suggest/", "POST", form=(("q", word[:length]),)),
        some("en", "fr", "ar"), guesses, st.integers(1, 20),
    )  # fmt: skip
    listed = st.builds(
        lambda code, given: Ask(f"/{code}/safe-spaces/?s={Asked(**given).token}"),
        some("en", "fr", "ar"),
        st.fixed_dictionaries({}, optional=ASKED),
    )
    return plain | by_id | paths | suggest | listed | looks(points) | plain.map(lambda ask: Ask(ask.address, "HEAD"))


def _with_parameters(path: str, guesses: dict[str, Given]) -> st.SearchStrategy[Ask]:
    known = {name: guesses.get(name, given) for name, given in ENDPOINTS[path].items()}
    chosen = st.fixed_dictionaries({}, optional=known)
    code = some("en", "fr", "ar")
    return st.builds(lambda given, code: Ask(f"{path.format(code=code)}?{urlencode(given)}".rstrip("?")), chosen, code)


def looks(points: list[tuple[str, str]]) -> st.SearchStrategy[Look]:
    near = st.builds(Point, st.floats(50.6, 51.1), st.floats(4.1, 4.7))
    if points:
        near |= st.sampled_from([Point(float(latitude), float(longitude)) for latitude, longitude in points])
    box = st.builds(_around, near, st.sampled_from([0.001, 0.01, 0.1]))
    wanted = st.builds(
        Wanted,
        languages=st.sampled_from([frozenset(), frozenset({"fr"})]),
        wheelchair=st.booleans(),
        box=st.none() | box,
        near=st.none() | near,
    )
    return st.builds(Look, some("en", "fr", "ar"), wanted)


def _around(point: Point, size: float) -> Box:
    west, south = point.longitude - size, point.latitude - size
    return Box(west, south, west + 2 * size, south + 2 * size)


def answer(request: Request) -> Answer:
    """Ask as somebody new, who has no cookie; return every byte that comes back."""
    if isinstance(request, Look):
        terms = vocabulary("en")
        found = find(places(request.code), request.wanted, terms.zones, terms.areas)
        return Answer(200, (), repr(found).encode())
    translation.activate("en")
    number = next(ADDRESSES)
    client = Client(
        raise_request_exception=False, REMOTE_ADDR=f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    )
    send: Any = getattr(client, request.method.lower())
    arguments: dict[str, Any] = {"data": dict(request.form)} if request.form else {}
    response = send(request.address, headers=dict(request.headers), **arguments)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    kept = (one for one in response.headers.items() if one[0] != "Expires")
    return Answer(response.status_code, tuple(sorted(kept)), SEALED.sub(opened, TOKEN.sub(b"", body)))


def opened(found: re.Match[bytes]) -> bytes:
    """Return what a sealed address holds: the seal itself is another one each time."""
    return b"s=" + unseal(found[1].decode(), PURPOSE).urlencode().encode()
