"""What the server answers, read. What cannot be read is no answer: `EngineDown`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

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
    """The practices that were found, and how much there is in all.

    `matching` is how much the words have found before any facet narrows it, `by_words` what is left of that: what is
    near in meaning is not in these numbers.
    """

    versions: tuple[Version, ...]
    matching: int
    by_words: int
    own: int
    total: int
    facets: Mapping[str, Mapping[str, int]]

    def beside(self, others: Mapping[str, int]) -> "Page":
        """Return it with the numbers of other languages."""
        languages = dict(sorted({**self.facets["language"], **others}.items()))
        return replace(self, facets={**self.facets, "language": languages})


NOTHING = Page(versions=(), matching=0, by_words=0, own=0, total=0, facets={facet: {} for facet in FACETS})


def own(answer: dict[str, Any], query: SearchQuery) -> Page:
    """Read what was found in the reader's language alone."""
    with answering():
        number = int(answer["aggregations"]["hits"]["doc_count"])
        matching, by_words = _by_words(answer)
        return Page(
            versions=versions(answer),
            matching=matching,
            by_words=by_words,
            own=number,
            total=number,
            facets={**_facets(answer), "language": {query.language: number} if number else {}},
        )


def page(answer: dict[str, Any]) -> Page:
    """Read what was found in all languages."""
    with answering():
        numbers = answer["aggregations"]["hits"]
        matching, by_words = _by_words(answer)
        return Page(
            versions=versions(answer),
            matching=matching,
            by_words=by_words,
            own=int(numbers["own"]["doc_count"]),
            total=int(numbers["keys"]["value"]),
            facets={**_facets(answer), "language": languages(answer)},
        )


def languages(answer: dict[str, Any]) -> dict[str, int]:
    """Read how many practices each language has."""
    with answering():
        return _values(answer["aggregations"]["language"]["language"])


def versions(answer: dict[str, Any]) -> tuple[Version, ...]:
    """Return the versions of practices among the hits, in their order."""
    with answering():
        held = [hit["fields"] for hit in answer["hits"]["hits"]]
        return tuple(Version(int(one["publication"][0]), str(one["key"][0]), str(one["locale"][0])) for one in held)


def nearest(found: tuple[Version, ...], query: SearchQuery) -> dict[str, Version]:
    """Return of each practice the version that is nearest to the reader's language."""
    best: dict[str, Version] = {}

    def rank(one: Version) -> tuple[int, int]:
        return query.distance(one.language), one.publication

    for version in found:
        best[version.key] = min(version, best.get(version.key, version), key=rank)
    return best


def publications(answer: dict[str, Any]) -> list[int]:
    """Return the publications of the hits in their order."""
    return [one.publication for one in versions(answer)]


def _by_words(answer: dict[str, Any]) -> tuple[int, int]:
    """Read how much the words have found, and what the facets leave of it."""
    words = answer["aggregations"]["words"]
    return int(words["doc_count"]), int(words["hits"]["doc_count"])


def _facets(answer: dict[str, Any]) -> dict[str, dict[str, int]]:
    """Read how many practices each value of each facet gives, but for languages."""
    numbers = answer["aggregations"]
    found = {facet: numbers.get(facet, numbers["hits"])[facet] for facet in FACETS if facet != "language"}
    return {facet: _values(one) for facet, one in found.items()}


def _values(numbers: dict[str, Any]) -> dict[str, int]:
    buckets = numbers["buckets"]
    named = buckets.items() if isinstance(buckets, dict) else ((bucket["key"], bucket) for bucket in buckets)
    found = {value: int(bucket.get("keys", {}).get("value", bucket["doc_count"])) for value, bucket in named}
    return {value: number for value, number in sorted(found.items()) if number and value}
