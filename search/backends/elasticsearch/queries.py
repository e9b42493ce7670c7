"""A search in the language of Elasticsearch.

One request asks all indexes; each language has a part of its own, with that language's words and synonyms, which only
its documents can meet. The server finds, counts and orders roughly; the first of what it finds are put in order by
`ranking`, as those of every engine.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from elasticsearch.dsl import A, Q
from elasticsearch.dsl.query import (
    Bool,
    CombinedFields,
    MatchAll,
    MultiMatch,
    Prefix,
    Query,
)

from search.analysis import Asked, Group, beginnings, marked
from search.backends import Widened, enough
from search.backends.elasticsearch.analyzers import plain
from search.backends.elasticsearch.mapping import STEMS, WEIGHTS
from search.facets import CHOICES, COLUMNS, TERMS
from search.query import FACETS, SearchQuery

STEMMED = [f"{name}^{weight}" for name, weight in WEIGHTS.items()]
# Facet -> field. Engagement has none: it is a choice made on roles, read when it is asked for.
FIELDS = {facet: facet if facet in TERMS else column for facet, column in {**COLUMNS, **TERMS}.items()}
# More than there are values of any facet: none is cut off.
VALUES = 10_000
# Up to this many practices are counted one by one, beyond it very nearly: of a facet's value, and in all. The server
# sets memory aside for each count, 16 bytes a practice.
EXACT_COUNTS = 1_000
EXACT_TOTAL = 40_000

# No score by words reaches it.
FIRST = 1e6

# Role -> professional or volunteer.
Engagements = Mapping[str, str]


def matching(everywhere: Sequence[Asked], query: SearchQuery, widened: Widened, indexes: Mapping[str, str]) -> Query:
    """Return what documents must hold, each in its own language.

    A part names the index of its language: the server then leaves it out for all others before it looks up a word.
    """
    parts = [
        Bool(filter=[Q("term", _index=indexes[one.language])], must=[of_language(one, query, widened)])
        for one in everywhere
    ]
    return Bool(should=parts, minimum_should_match=1)


def either(matching: Query, near: Sequence[int]) -> Query:
    """Return what matches or is one of these publications, and these first."""
    return Bool(should=[matching, Q("ids", values=[str(pk) for pk in near], boost=FIRST)], minimum_should_match=1)


def by_words(matching: Query, query: SearchQuery, engagements: Engagements) -> dict[str, Any]:
    """Return the aggregation of what matches by itself, and of what the facets leave of it."""
    left = {"hits": A("filter", Bool(filter=chosen(query, engagements)))}
    return {"words": A("filter", matching, aggs=left).to_dict()}


def everything() -> Query:
    """Return all documents alike."""
    return MatchAll()


def of_language(asked: Asked, query: SearchQuery, widened: Widened) -> Query:
    """Return the query for the documents of one language."""
    groups = [group(one, widened) for one in asked.groups]
    return Bool(should=groups, minimum_should_match=enough(len(groups), query, widened))


def phrase(text: str) -> Query:
    """Return words that follow each other."""
    return MultiMatch(query=plain(text), type="phrase", fields=STEMMED)


def group(one: Group, widened: Widened) -> Query:
    """Return one thing that was asked for: in its own words, in the parts of one, or in others that mean the same."""
    own = Bool(must=[word(exact, stemmed, widened) for exact, stemmed in one.words])
    apart = [Bool(filter=[any_of(part) for part in one.parts])] if one.parts else []
    single = [stems[0] for stems in one.alike if len(stems) == 1]
    phrases = [phrase(text) for stems, text in zip(one.alike, one.written, strict=True) if len(stems) > 1]
    return Bool(should=[own, *apart, *([any_of(single)] if single else []), *phrases], minimum_should_match=1)


def any_of(stems: Sequence[str]) -> Query:
    """Return any of some stems."""
    return Q("terms", **{STEMS: [marked(stem) for stem in stems]})


def word(exact: str, stemmed: str, widened: Widened) -> Query:
    """Return a word and its forms; widened also what begins like it."""
    wider: list[Query] = [
        CombinedFields(query=exact, fields=STEMMED),
        any_of([stemmed]),
    ]
    if widened is not Widened.NO:
        wider += [
            Prefix(**{f"{name}.exact": {"value": start, "boost": weight}})
            for start in beginnings(exact, stemmed)
            for name, weight in WEIGHTS.items()
        ]
    return Bool(should=wider, minimum_should_match=1)


def title_beginning(asked: Asked) -> Query:
    """Return titles in one language that hold the words, the last one as a beginning."""
    *before, (last, _stem) = asked.words
    wanted: list[Query] = [
        Bool(should=[Q("match", title=word), Q("match", **{"title.exact": word})], minimum_should_match=1)
        for word, _stemmed in before
    ]
    begins = Q("match_bool_prefix", **{"title.exact": last})
    return Bool(filter=[Q("term", locale=asked.language)], must=[*wanted, begins])


def chosen(query: SearchQuery, engagements: Engagements, *, but: str = "") -> list[Query]:
    """Return what the chosen values of the facets leave, one facet left out."""
    return [
        Bool(
            should=[value_of(facet, value, engagements) for value in query.chosen(facet)],
            minimum_should_match=1,
        )
        for facet in FACETS
        if query.chosen(facet) and facet != but
    ]


def value_of(facet: str, value: str, engagements: Engagements) -> Query:
    """Return the documents that have a value of a facet."""
    if facet in CHOICES:
        return Q("terms", role=sorted(code for code, choice in engagements.items() if choice == value))
    return Q("term", **{FIELDS[facet]: value})


def totals(query: SearchQuery, engagements: Engagements, *, one_language: bool) -> dict[str, Any]:
    """Return the aggregations that say how much was found (`hits`), in all and of each value of a facet.

    A practice counts once: its language versions share a key. In one language there is one version of each, and
    documents are simply counted. A facet's own choice does not narrow its counts: one with a choice stands by itself.
    """
    keys = {} if one_language else {"keys": A("cardinality", field="key", precision_threshold=EXACT_COUNTS)}
    of_facet = {facet: values_of(facet, engagements, keys) for facet in FACETS if facet != "language"}
    of_all = {facet: one for facet, one in of_facet.items() if not query.chosen(facet)}
    if not one_language:
        of_all |= {
            "own": A("filter", Q("term", locale=query.language)),
            "keys": A("cardinality", field="key", precision_threshold=EXACT_TOTAL),
        }
    found = {
        facet: A("filter", Bool(filter=chosen(query, engagements, but=facet)), aggs={facet: one})
        for facet, one in of_facet.items()
        if query.chosen(facet)
    }
    found["hits"] = A("filter", Bool(filter=chosen(query, engagements)), aggs=of_all)
    return {name: aggregation.to_dict() for name, aggregation in found.items()}


def values_of(facet: str, engagements: Engagements, keys: Mapping[str, Any]) -> Any:
    """Return the aggregation that counts each value of a facet; `keys` counts practices in place of documents."""
    if facet not in CHOICES:
        return A("terms", field=FIELDS[facet], size=VALUES, aggs=keys)
    values = {value: value_of(facet, value, engagements) for value in sorted(set(engagements.values()))}
    return A("filters", filters=values or {"": Q("match_none")}, aggs=keys)


def in_languages(query: SearchQuery, engagements: Engagements) -> dict[str, Any]:
    """Return the aggregation that counts how many practices each language has."""
    values = values_of("language", engagements, {})
    of_all = A("filter", Bool(filter=chosen(query, engagements, but="language")), aggs={"language": values})
    return {"language": of_all.to_dict()}


def order(own: str = "", *, words: bool) -> list[Any]:
    """Return how hits follow each other: the reader's `own` language first, if named; then the best, or by title.

    Where words were asked for, titles decide nothing here, as reading them takes as long as all else: `ranking` looks
    at them.
    """
    following: list[Any] = ["_score"] if words else [{"title.raw": "asc"}]
    following.append({"publication": "asc"})
    if not own:
        return following
    source = "doc['locale'].value == params.own ? 0 : 1"
    foreign = {"type": "number", "order": "asc", "script": {"source": source, "params": {"own": own}}}
    return [{"_script": foreign}, *following]


def without(hidden: Iterable[int]) -> list[Query]:
    """Return the documents that may not be found now."""
    ids = [str(pk) for pk in hidden]
    return [Q("ids", values=ids)] if ids else []
