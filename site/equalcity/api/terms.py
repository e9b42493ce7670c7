"""`terms/`: every vocabulary with its labels in every language."""

from collections.abc import Collection
from typing import Any

import orjson
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from equalcity.api.answers import json_answer
from equalcity.api.endpoint import Endpoint
from equalcity.api.parameters import Parameter, Query
from equalcity.api.problems import BadParameter
from equalcity.core.models.terms import VOCABULARIES, District
from equalcity.publication.models import Publication
from equalcity.publication.predicate import delivered
from safespace_map.geojson import drawn
from safespace_map.places import areas


class Terms(Endpoint):
    name = "terms"
    summary = (
        "List cities, districts, target groups, themes, settings, roles, services and kinds of help with their labels"
    )
    gives = {"application/json": "TermList"}
    is_feed = True
    parameters = (
        Parameter(
            "vocabulary",
            "Only these vocabularies, repeated or with commas between them.",
            {"type": "string", "enum": list(VOCABULARIES)},
            repeatable=True,
        ),
    )

    def answer(self, request: HttpRequest, query: Query, **kwargs: Any) -> HttpResponseBase:
        wanted = query.words("vocabulary") or list(VOCABULARIES)
        if unknown := [name for name in wanted if name not in VOCABULARIES]:
            raise BadParameter("vocabulary", f"There is no vocabulary {unknown[0][:60]!r}.")
        items = labelled(wanted)
        return json_answer(request, {"meta": {"total_count": len(items)}, "items": items})


def labelled(vocabularies: Collection[str]) -> list[dict[str, Any]]:
    """Return the published terms of these vocabularies, by vocabulary and code. One query, two with districts."""
    names = {VOCABULARIES[name]._meta.label: name for name in VOCABULARIES if name in vocabularies}
    rows = delivered(Publication.objects.filter(kind="term", type__in=names))
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows.select_related("body").defer("body__source").order_by("type", "slug", "locale"):
        document = orjson.loads(row.body.document)
        term = found.setdefault(
            (row.type, row.slug),
            {
                "vocabulary": names[row.type],
                "code": row.slug,
                "key": str(row.key),
                "origin": {"instance": str(row.origin_instance), "key": str(row.origin_key)},
                "name": {},
                "description": {},
            },
        )
        term["name"][row.locale] = document["name"]
        term["description"][row.locale] = document["description"]
    terms = list(found.values())
    if any(term["vocabulary"] == District.vocabulary for term in terms):
        _draw(terms)
    return terms


def _draw(terms: list[dict[str, Any]]) -> None:
    """Say of districts where they are: whoever shows a place by its district needs it."""
    known = areas()
    for term in terms:
        if term["vocabulary"] == District.vocabulary and (area := known.get(term["code"])):
            term |= {
                "city": area.city,
                "geometry": drawn(area),
                "simplified_outline": bool(area.outline) and area.simplified,
            }
