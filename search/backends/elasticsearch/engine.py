"""The engine: searches are asked of the server, and everything hidden right now is left out of what it counts."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from elasticsearch.dsl.query import Bool

from equalcity.core.statements import statement
from equalcity.publication import feed
from equalcity.publication.models import Publication
from equalcity.publication.predicate import unlisted_pages
from search.analysis import asked
from search.backends import Backend, Beside, EngineDown, Results, Widened, hits, ladder, page_of
from search.backends.elasticsearch import answers, queries
from search.backends.elasticsearch.asking import READ, Asking, first
from search.backends.elasticsearch.client import SEARCH_SECONDS, Patience, ask, connect
from search.backends.elasticsearch.index import Index
from search.backends.elasticsearch.mapping import alias, languages, version
from search.documents import Document
from search.models import IndexCursor
from search.query import SearchQuery
from search.ranking import Wanted

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

    def answer(self, query: SearchQuery, wanted: Wanted) -> Results:
        patience = Patience(self.seconds)
        instance, hidden = self._standing()
        asking = Asking(self.client, patience, instance, hidden, query, wanted)
        for widened in ladder(query):
            page = asking.page(widened)
            if page.matching or not wanted.everywhere:
                break
        found = [one.publication for one in page.versions]
        shown = found[: query.size] if first(query) else page_of(query, found, wanted)
        by_language = {one.language: one for one in wanted.everywhere}
        return Results(
            hits=hits(shown, by_language, widened),
            total=page.total,
            own=page.own,
            facets=page.facets,
            widened=Widened.SPELLING if wanted.forgave and widened is Widened.NO else widened,
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
            **READ,
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
        row = next(iter(_cursor_of(self.name)), None)
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
        hidden = [*_unlisted(timezone.now()), *_withdrawn_since(seq)]
        if len(hidden) > MOST_HIDDEN:
            raise EngineDown("its index is too far behind")
        return cursor.instance, hidden


@statement
def _cursor_of(engine: str) -> "QuerySet[IndexCursor]":
    return IndexCursor.objects.filter(engine=engine)


@statement
def _unlisted(now: datetime) -> "QuerySet[Publication, int]":
    return unlisted_pages(now).filter(original=None).values_list("pk", flat=True)[: MOST_HIDDEN + 1]


@statement
def _withdrawn_since(seq: int) -> "QuerySet[Publication, int]":
    unread = Publication.objects.filter(~Q(state=Publication.State.LIVE), kind="page", original=None, seq__gt=seq)
    return unread.values_list("pk", flat=True)[: MOST_HIDDEN + 1]
