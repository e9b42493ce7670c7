"""The engine: searches are asked of the server, and everything hidden right now is left out of what it counts."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.safestring import SafeString
from elasticsearch.dsl.query import Bool, Terms

from equalcity.core.models import Role
from equalcity.publication import feed
from equalcity.publication.models import Publication
from equalcity.publication.predicate import unlisted_pages
from search.analysis import Asked, asked, asked_everywhere
from search.backends import Backend, Beside, EngineDown, Hit, Results, Widened
from search.backends.elasticsearch import answers, queries
from search.backends.elasticsearch.answers import Version
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
        engagements: Engagements = dict(Role.objects.order_by().values_list("code", "engagement").distinct())

        names = {code: alias(instance, code) for code in languages()}

        def ask_in(codes: Sequence[str], widened: Widened, body: dict[str, Any]) -> dict[str, Any]:
            wanted = [one for one in everywhere if one.language in codes]
            matching = queries.matching(wanted, widened, names) if everywhere else queries.everything()
            visible = Bool(must=[matching, *body.pop("only", [])], must_not=queries.without(hidden))
            indexes = [names[code] for code in codes]
            return ask(self.client, patience, indexes, {"query": visible.to_dict(), **body})

        for widened in Widened:
            page = answers.page(ask_in(languages(), widened, _page_body(query, engagements)), query)
            if page.matching or not everywhere:
                break
        # With enough in the reader's language the rest is asked of its index alone.
        codes = (query.language,) if page.only_own else languages()
        facets = answers.facets(ask_in(codes, widened, _facets_body(query, engagements, page)))
        shown: list[Version] = []
        if page.keys:
            best = answers.best_versions(ask_in(codes, widened, _versions_body(query, engagements, page)), query)
            shown = [best[key] for key in page.keys if key in best]
        by_language = {one.language: one for one in everywhere}
        return Results(
            hits=_hits(shown, by_language, widened),
            total=page.total,
            own=page.own,
            facets={facet: page.languages if facet == "language" else facets[facet] for facet in FACETS},
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
        best = answers.publications(answer)
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


def _page_body(query: SearchQuery, engagements: Engagements) -> dict[str, Any]:
    """Return one page of practices, own language first, and how much there is in all."""
    return {
        "post_filter": Bool(filter=queries.chosen(query, engagements)).to_dict(),
        "aggs": queries.totals(query, engagements),
        "collapse": {"field": "key"},
        "sort": queries.order(query.language),
        "from_": (query.page - 1) * query.size,
        "size": query.size,
        "source": ["key"],
        "track_total_hits": True,
    }


def _facets_body(query: SearchQuery, engagements: Engagements, page: answers.Page) -> dict[str, Any]:
    """Return no hits, and the counts of all facets."""
    return {"size": 0, "aggs": queries.counts(query, engagements, one_language=page.only_own)}


def _versions_body(query: SearchQuery, engagements: Engagements, page: answers.Page) -> dict[str, Any]:
    """Return all versions of the practices of a page that were found, with the words that were found in them."""
    body: dict[str, Any] = {
        "only": [Terms(key=list(page.keys))],
        "post_filter": Bool(filter=queries.chosen(query, engagements)).to_dict(),
        "size": len(page.keys) * len(languages()),
        "source": ["publication", "key", "locale"],
    }
    if query.words:
        body["highlight"] = {
            "fields": {field: {} for name in ("summary", "body") for field in (name, f"{name}.exact")},
            "pre_tags": [answers.BEGIN],
            "post_tags": [answers.END],
            "fragment_size": 150,
            "number_of_fragments": 3,
        }
    return body


def _hits(shown: list[Version], by_language: dict[str, Asked], widened: Widened) -> tuple[Hit, ...]:
    """Return the hits with excerpts of the texts as the database has them now."""
    if not by_language:
        return tuple(Hit(one.publication, SafeString("")) for one in shown)
    texts = dict(Entry.objects.filter(pk__in=[one.publication for one in shown]).values_list("pk", "text"))
    prefixes = widened in {Widened.BEGINNINGS, Widened.ANY}
    return tuple(
        Hit(
            one.publication,
            excerpt(texts.get(one.publication, ""), by_language[one.language], prefixes=prefixes, also=one.words),
        )
        for one in shown
    )
