"""What both the page and the API answer: an engine's hits with everything that a reader sees of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import orjson
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString

from equalcity.core.languages import direction, own_name
from equalcity.core.statements import statement
from equalcity.publication.models import Publication
from equalcity.publication.predicate import delivered
from search.backends import Hit, Results, get_backend
from search.facets import Known
from search.pinned import pinned
from search.query import SearchQuery


@dataclass(frozen=True)
class Result:
    """One result as it is shown; `document` is what the API gives of the page, `url` a path of this site."""

    title: str
    url: str
    highlight: SafeString
    summary: str
    locale: str
    language_name: str
    dir: str
    type_label: str
    city: str
    accent: str
    is_other_language: bool
    machine_translated: bool
    example: bool
    document: Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    """One page of results, the reader's language first, and the engine's counts over all of them.

    `pinned` are the pages that editors put before all others; on the first page only, and not repeated below.
    """

    results: tuple[Result, ...]
    counts: Results
    pinned: tuple[Result, ...] = ()

    @property
    def own(self) -> list[Result]:
        return [result for result in self.results if not result.is_other_language]

    @property
    def others(self) -> list[Result]:
        return [result for result in self.results if result.is_other_language]


def find(query: SearchQuery, known: Known) -> Found:
    """Ask the engine, and read the documents of its hits; one that was withdrawn meanwhile is left out."""
    counts = get_backend().search(query)
    first = pinned(query)
    keys = {row.key for row in first}
    hits = [hit.publication for hit in counts.hits]
    publications = {row.pk: row for row in _delivered(hits, timezone.now())} if hits else {}

    return Found(
        results=tuple(
            _result(hit, publications[hit.publication], query, known)
            for hit in counts.hits
            if hit.publication in publications and publications[hit.publication].key not in keys
        ),
        counts=counts,
        pinned=tuple(_result(Hit(row.pk, SafeString("")), row, query, known) for row in first)
        if query.page == 1
        else (),
    )


@statement
def _delivered(publications: list[int], now: datetime) -> "QuerySet[Publication]":
    return delivered(Publication.objects.filter(pk__among=publications), now).select_related("body")


def _result(hit: Hit, publication: Publication, query: SearchQuery, known: Known) -> Result:
    document = orjson.loads(publication.body.document)
    meta = document["meta"]
    return Result(
        title=document["title"],
        url=urlsplit(meta["html_url"]).path,
        highlight=hit.highlight,
        summary=document.get("summary") or "",
        locale=publication.locale,
        language_name=own_name(publication.locale),
        dir=direction(publication.locale),
        type_label=known.labels["type"].get(publication.type, ""),
        city=known.labels["city"].get(publication.city, ""),
        accent=known.accents.get(publication.city, ""),
        is_other_language=publication.locale != query.language,
        machine_translated=bool(meta.get("machine_translated")),
        example=bool(meta.get("example")),
        document=document,
    )
