"""`safe-spaces/`: the map as GeoJSON, and `safe-spaces.csv` as a table."""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase

from equalcity.api.answers import ASK_FIRST, NEVER_KEEP, holds, json_answer
from equalcity.api.endpoint import Endpoint
from equalcity.api.parameters import OFFSET_MAX, Parameter, Query
from equalcity.api.wanted import FILTERS, locale_of, tells_of_who_asks, wanted
from safespace_map.exchange import table
from safespace_map.finding import find
from safespace_map.geojson import MEDIA_TYPE, feature
from safespace_map.places import places
from safespace_map.surroundings import surroundings

LIMIT, LIMIT_MAX = 100, 1000


class SafeSpaces(Endpoint):
    name = "safe_spaces"
    summary = "Find safe spaces, as GeoJSON"
    gives = {MEDIA_TYPE: "SafeSpaces"}
    parameters = (
        *FILTERS,
        Parameter(
            "limit", "How many at most.", {"type": "integer", "minimum": 0, "maximum": LIMIT_MAX, "default": LIMIT}
        ),
        Parameter("offset", "How many to pass over.", {"type": "integer", "minimum": 0, "maximum": OFFSET_MAX}),
    )

    def answer(self, request: HttpRequest, query: Query, **kwargs: Any) -> HttpResponseBase:
        locale = locale_of(query)
        limit = query.number("limit", LIMIT, most=LIMIT_MAX)
        offset = query.number("offset", 0, most=OFFSET_MAX)
        asked = wanted(query)
        around = surroundings(locale)
        found = find(places(locale), asked, around.terms.zones, around.terms.areas)
        return json_answer(
            request,
            {
                "type": "FeatureCollection",
                "meta": {"total_count": len(found), "locale": locale},
                "features": [feature(one.place, around, one.distance) for one in found[offset : offset + limit]],
            },
            content_type=MEDIA_TYPE,
            cache_control=NEVER_KEEP if tells_of_who_asks(query) else ASK_FIRST,
        )


class SafeSpaceTable(Endpoint):
    name = "safe_spaces_csv"
    summary = "Find safe spaces, as a table that spreadsheets open"
    gives = {"text/csv": "Csv"}
    parameters = FILTERS

    def answer(self, request: HttpRequest, query: Query, **kwargs: Any) -> HttpResponseBase:
        locale = locale_of(query)
        asked = wanted(query)
        around = surroundings(locale)
        found = [one.place for one in find(places(locale), asked, around.terms.zones, around.terms.areas)]
        # Written twice rather than held: first for the hash that names the answer, then on its way.
        hashed = hashlib.sha256()
        for line in table.lines(found, around):
            hashed.update(line)
        etag = f'"{hashed.hexdigest()[:32]}"'
        response: HttpResponseBase
        if holds(request, etag):
            response = HttpResponseNotModified()
        else:
            response = StreamingHttpResponse(table.lines(found, around), content_type="text/csv; charset=utf-8")
            response["Content-Disposition"] = f'attachment; filename="safe-spaces-{locale}.csv"'
        response["ETag"] = etag
        response["Cache-Control"] = NEVER_KEEP if tells_of_who_asks(query) else ASK_FIRST
        return response
