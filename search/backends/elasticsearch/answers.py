"""What the server answers, read. What cannot be read is no answer: `EngineDown`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from search.backends import FEW
from search.backends.elasticsearch.client import answering
from search.query import FACETS, SearchQuery


@dataclass(frozen=True)
class Version:
    """A practice in one language."""

    publication: int
    key: str
    language: str


@dataclass(frozen=True)
class Page:
    """The practices that were found, and how much there is in all; `matching` before any facet narrows it.

    `only_own`: there is enough in the reader's language, and others are left out.
    """

    versions: tuple[Version, ...]
    matching: int
    own: int
    total: int
    only_own: bool
    languages: Mapping[str, int]


def page(answer: dict[str, Any], query: SearchQuery) -> Page:
    """Read what was found and the totals."""
    with answering():
        numbers = answer["aggregations"]
        own = int(numbers["hits"]["own"]["doc_count"])
        only_own = not query.chosen("language") and own >= FEW
        found = versions(answer)
        return Page(
            # Own ones come first, so what is cut off here are the others.
            versions=tuple(one for one in found if one.language == query.language) if only_own else found,
            matching=int(answer["hits"]["total"]["value"]),
            own=own,
            total=own if only_own else int(numbers["hits"]["keys"]["value"]),
            only_own=only_own,
            languages=_values(numbers["language"]["values"]),
        )


def facets(answer: dict[str, Any]) -> dict[str, dict[str, int]]:
    """Read how many practices each value of each facet gives; languages are told with the page."""
    with answering():
        return {facet: _values(answer["aggregations"][facet]["values"]) for facet in FACETS if facet != "language"}


def versions(answer: dict[str, Any]) -> tuple[Version, ...]:
    """Return the versions of practices among the hits, in their order."""
    with answering():
        held = [hit["_source"] for hit in answer["hits"]["hits"]]
        return tuple(Version(int(one["publication"]), str(one["key"]), str(one["locale"])) for one in held)


def nearest(found: tuple[Version, ...], query: SearchQuery) -> dict[str, int]:
    """Return of each practice the publication that is nearest to the reader's language."""
    best: dict[str, Version] = {}

    def rank(one: Version) -> tuple[int, int]:
        return query.distance(one.language), one.publication

    for version in found:
        best[version.key] = min(version, best.get(version.key, version), key=rank)
    return {key: version.publication for key, version in best.items()}


def publications(answer: dict[str, Any]) -> list[int]:
    """Return the publications of the hits in their order."""
    with answering():
        return [int(hit["_source"]["publication"]) for hit in answer["hits"]["hits"]]


def _values(numbers: dict[str, Any]) -> dict[str, int]:
    buckets = numbers["buckets"]
    named = buckets.items() if isinstance(buckets, dict) else ((bucket["key"], bucket) for bucket in buckets)
    found = {value: int(bucket.get("keys", {}).get("value", bucket["doc_count"])) for value, bucket in named}
    return {value: number for value, number in sorted(found.items()) if number and value}
