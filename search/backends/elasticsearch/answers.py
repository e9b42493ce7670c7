"""What the server answers, read. What cannot be read is no answer: `EngineDown`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from search.analysis import words
from search.backends import FEW
from search.backends.elasticsearch.client import answering
from search.query import FACETS, SearchQuery

# Around the words that the server found; folding takes them off again, and they stand in no text of ours.
BEGIN, END = "\ue000", "\ue001"


@dataclass(frozen=True)
class Page:
    """One page of practices by their keys, and how much there is in all; `matching` before any facet narrows it.

    `only_own`: there is enough in the reader's language, and others are left out.
    """

    keys: tuple[str, ...]
    matching: int
    own: int
    total: int
    only_own: bool
    languages: Mapping[str, int]


@dataclass(frozen=True)
class Version:
    """A practice in one language, and the words that the server found in it, folded."""

    publication: int
    language: str
    words: frozenset[str]


def page(answer: dict[str, Any], query: SearchQuery) -> Page:
    """Read one page of keys and the totals."""
    with answering():
        numbers = answer["aggregations"]
        own = int(numbers["hits"]["own"]["doc_count"])
        only_own = not query.chosen("language") and own >= FEW
        keys = [str(hit["_source"]["key"]) for hit in answer["hits"]["hits"]]
        if only_own:
            # They come first, so what is cut off here are the others.
            keys = keys[: max(0, own - (query.page - 1) * query.size)]
        return Page(
            keys=tuple(keys),
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


def best_versions(answer: dict[str, Any], query: SearchQuery) -> dict[str, Version]:
    """Return of each practice the version that is nearest to the reader's language."""
    best: dict[str, Version] = {}

    def rank(one: Version) -> tuple[int, int]:
        return query.distance(one.language), one.publication

    with answering():
        for hit in answer["hits"]["hits"]:
            held = hit["_source"]
            version = Version(held["publication"], held["locale"], _marked(hit.get("highlight", {})))
            best[held["key"]] = min(version, best.get(held["key"], version), key=rank)
    return best


def publications(answer: dict[str, Any]) -> list[int]:
    """Return the publications of the hits in their order."""
    with answering():
        return [int(hit["_source"]["publication"]) for hit in answer["hits"]["hits"]]


def _values(numbers: dict[str, Any]) -> dict[str, int]:
    buckets = numbers["buckets"]
    named = buckets.items() if isinstance(buckets, dict) else ((bucket["key"], bucket) for bucket in buckets)
    found = {value: int(bucket.get("keys", {}).get("value", bucket["doc_count"])) for value, bucket in named}
    return {value: number for value, number in sorted(found.items()) if number and value}


def _marked(highlight: Mapping[str, list[str]]) -> frozenset[str]:
    fragments = (fragment for some in highlight.values() for fragment in some)
    pieces = (piece.partition(END)[0] for fragment in fragments for piece in fragment.split(BEGIN)[1:])
    return frozenset(word for piece in pieces for word in words(piece))
