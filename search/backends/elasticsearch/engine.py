"""The engine: searches are asked of the server, and everything hidden right now is left out of what it counts."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.safestring import SafeString
from elasticsearch.dsl.query import Bool, Query, Terms

from equalcity.core.models import Role
from equalcity.publication import feed
from equalcity.publication.models import Publication
from equalcity.publication.predicate import unlisted_pages
from search.analysis import Asked, asked, asked_everywhere, words
from search.backends import FEW, Backend, Beside, EngineDown, Hit, Results, Widened
from search.backends.elasticsearch import queries
from search.backends.elasticsearch.client import SEARCH_SECONDS, Patience, ask, connect
from search.backends.elasticsearch.index import Index
from search.backends.elasticsearch.mapping import alias, languages, version
from search.backends.elasticsearch.queries import Engagements
from search.documents import Document
from search.excerpts import excerpt
from search.models import Entry, IndexCursor
from search.query import FACETS, SearchQuery
from search.synonyms import alike

# With more than this hidden or unread, the index is no use: the database answers.
MOST_HIDDEN = 10_000
# Around the words that the server found; folding takes them off again, and they stand in no text of ours.
BEGIN, END = "\ue000", "\ue001"


class Elasticsearch(Backend):
    """Search on an Elasticsearch cluster."""

    name = "elasticsearch"

    def __init__(self, urls: tuple[str, ...]) -> None:
        self.client = connect(urls)
        self.seconds = SEARCH_SECONDS
        self.written = Index(self.client)

    @property
    def version(self) -> str:
        return version(languages())

    def search(self, query: SearchQuery) -> Results:
        everywhere = asked_everywhere(query.words, alike()) if query.words else []
        if query.words and not everywhere:
            return Results((), 0, 0, {facet: {} for facet in FACETS}, Widened.NO, (), self.name)
        patience = Patience(self.seconds)
        instance, hidden = self._standing()
        indexes = [alias(instance, code) for code in languages()]
        engagements: Engagements = dict(Role.objects.order_by().values_list("code", "engagement").distinct())
        for widened in Widened:
            matching = queries.matching(everywhere, widened) if everywhere else queries.everything()
            visible = Bool(must=[matching], must_not=queries.without(hidden))
            answer = ask(self.client, patience, indexes, _body(query, visible, engagements))
            if answer["hits"]["total"]["value"] or not everywhere:
                break
        counted = answer["aggregations"]
        own = counted["hits"]["own"]["doc_count"]
        only_own = not query.chosen("language") and own >= FEW
        found = [hit["_source"] for hit in answer["hits"]["hits"]]
        if only_own:
            # They come first, so what is cut off here are the others.
            found = found[: max(0, own - (query.page - 1) * query.size)]
        by_language = {one.language: one for one in everywhere}
        total = own if only_own else counted["hits"]["keys"]["value"]
        shown = self._shown(query, visible, engagements, indexes, patience, found) if found else []
        return Results(
            hits=_hits(shown, by_language, widened),
            total=total,
            own=own,
            facets={facet: _values(counted[facet]["values"], facet, only_own) for facet in FACETS},
            widened=widened,
            also=by_language[query.language].also if query.language in by_language else (),
            engine=self.name,
        )

    def suggest(self, words: str, language: str, limit: int) -> list[str]:
        wanted = asked(words, language)
        if not wanted.words or language not in languages():
            return []
        patience = Patience(self.seconds)
        instance, hidden = self._standing()
        visible = Bool(must=[queries.title_beginning(wanted)], must_not=queries.without(hidden))
        body = {
            "query": visible.to_dict(),
            "size": limit,
            "collapse": {"field": "title.raw"},
            "sort": ["_score", {"title.raw": "asc"}],
            "source": ["publication"],
        }
        answer = ask(self.client, patience, [alias(instance, language)], body)
        best = [hit["_source"]["publication"] for hit in answer["hits"]["hits"]]
        # Titles as they stand now: the index may be a moment behind.
        now = dict(Publication.objects.filter(pk__in=best).values_list("pk", "title"))
        return list(dict.fromkeys(now[pk] for pk in best if pk in now))

    def index(self, documents: Iterable[Document]) -> None:
        self.written.index(documents)

    def remove(self, publications: Collection[int]) -> None:
        self.written.remove(publications)

    def settle(self) -> None:
        self.written.settle()

    def build(self) -> str:
        return self.written.build()

    def beside(self, begun_at: str) -> Beside:
        return self.written.beside(begun_at, self.version)

    @contextmanager
    def writing(self, cursor: int) -> Iterator[None]:
        # Nothing is locked while a server is waited for: each document carries its number in the feed, and the server
        # keeps the higher one.
        yield

    def holds(self) -> set[int]:
        return self.written.holds()

    def count(self) -> int:
        return self.written.count()

    def _row(self) -> tuple[feed.Cursor, int]:
        """Return up to where the index was written. Raises `EngineDown` when that is no use for this feed."""
        row = IndexCursor.objects.filter(engine=self.name).first()
        if row is None or not row.cursor:
            raise EngineDown("its index was not written yet")
        if row.version != self.version:
            raise EngineDown("its index was written by other rules")
        cursor, now = feed.decode(row.cursor), feed.state()
        if (cursor.instance, cursor.epoch) != (now.instance, now.epoch):
            raise EngineDown("its index is that of another feed")
        return cursor, row.seq

    def _standing(self) -> tuple[UUID, list[int]]:
        """Return whose index it is, and which publications of it nobody may find now.

        The index learns of a withdrawal later than readers may: what was hidden since is left out of every count.
        """
        cursor, seq = self._row()
        unread = Publication.objects.filter(~Q(state=Publication.State.LIVE), kind="page", original=None, seq__gt=seq)
        hidden = list(unlisted_pages().filter(original=None).values_list("pk", flat=True)[: MOST_HIDDEN + 1])
        hidden += unread.values_list("pk", flat=True)[: MOST_HIDDEN + 1]
        if len(hidden) > MOST_HIDDEN:
            raise EngineDown("its index is too far behind")
        return cursor.instance, hidden

    def _shown(
        self,
        query: SearchQuery,
        visible: Query,
        engagements: Engagements,
        indexes: list[str],
        patience: Patience,
        found: list[dict[str, Any]],
    ) -> list[tuple[int, str, frozenset[str]]]:
        """Return publication, language and found words of each practice, in its best version for the reader."""
        keys = [hit["key"] for hit in found]
        these = Bool(must=[visible], filter=[Terms(key=keys)])
        body = {
            "query": these.to_dict(),
            "post_filter": Bool(filter=queries.chosen(query, engagements)).to_dict(),
            "size": len(keys) * len(indexes),
            "source": ["publication", "key", "locale"],
        }
        if query.words:
            body["highlight"] = {
                "fields": {field: {} for name in ("summary", "body") for field in (name, f"{name}.exact")},
                "pre_tags": [BEGIN],
                "post_tags": [END],
                "fragment_size": 150,
                "number_of_fragments": 3,
            }
        versions: dict[str, tuple[int, int, str, frozenset[str]]] = {}
        for hit in ask(self.client, patience, indexes, body)["hits"]["hits"]:
            held = hit["_source"]
            version = (
                query.distance(held["locale"]),
                held["publication"],
                held["locale"],
                _marked(hit.get("highlight", {})),
            )
            versions[held["key"]] = min(version, versions.get(held["key"], version), key=lambda one: one[:2])
        return [versions[key][1:] for key in keys if key in versions]


def _body(query: SearchQuery, visible: Query, engagements: Engagements) -> dict[str, Any]:
    """Return one page of practices, own language first, with all counts."""
    return {
        "query": visible.to_dict(),
        "post_filter": Bool(filter=queries.chosen(query, engagements)).to_dict(),
        "aggs": queries.counts(query, engagements),
        "collapse": {"field": "key"},
        "sort": queries.order(query.language),
        "from_": (query.page - 1) * query.size,
        "size": query.size,
        "source": ["key"],
        "track_total_hits": True,
    }


def _values(counted: dict[str, Any], facet: str, only_own: bool) -> dict[str, int]:
    """Return how many practices each value of a facet gives."""
    buckets = counted["buckets"]
    named = buckets.items() if isinstance(buckets, dict) else ((bucket["key"], bucket) for bucket in buckets)
    numbers = {
        value: bucket["own"]["doc_count"] if only_own and facet != "language" else bucket["keys"]["value"]
        for value, bucket in named
    }
    return {value: number for value, number in sorted(numbers.items()) if number and value}


def _hits(
    shown: list[tuple[int, str, frozenset[str]]], by_language: dict[str, Asked], widened: Widened
) -> tuple[Hit, ...]:
    """Return the hits with excerpts of the texts as the database has them now."""
    if not by_language:
        return tuple(Hit(pk, SafeString("")) for pk, _language, _found in shown)
    texts = dict(Entry.objects.filter(pk__in=[pk for pk, _language, _found in shown]).values_list("pk", "text"))
    prefixes = widened in {Widened.BEGINNINGS, Widened.ANY}
    return tuple(
        Hit(pk, excerpt(texts.get(pk, ""), by_language[language], prefixes=prefixes, also=found))
        for pk, language, found in shown
    )


def _marked(highlight: dict[str, list[str]]) -> frozenset[str]:
    """Return the words that the server found, folded."""
    pieces = (
        piece for fragments in highlight.values() for fragment in fragments for piece in fragment.split(BEGIN)[1:]
    )
    return frozenset(word for piece in pieces for word in words(piece.partition(END)[0]))
