"""The index is one more subscriber of the change feed, with a cursor for each engine.

It may fall behind, be stopped at any point or start from nothing: the next round reads on where the last one ended,
and writing the same change twice changes nothing.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import reduce
from math import inf
from operator import or_
from time import monotonic

from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import task

from equalcity.core.models.terms import VOCABULARIES
from equalcity.publication import feed
from equalcity.publication.models import Publication
from search import embedding
from search.backends import Backend, Beside, EngineDown, database_engine, engines
from search.breaker import Breaker
from search.documents import Document, build
from search.models import Entry, IndexCursor
from search.names import term_names

BATCH = 200
# So many are read at once to be given their vectors, which takes a tenth of a second for each.
EMBEDDED = 10

log = logging.getLogger(__name__)
# Of this process, by engine.
_breakers: defaultdict[str, Breaker] = defaultdict(Breaker)


@dataclass(frozen=True)
class Updated:
    """What a round did, in publications."""

    indexed: int = 0
    removed: int = 0

    def __add__(self, other: "Updated") -> "Updated":
        return Updated(self.indexed + other.indexed, self.removed + other.removed)


@dataclass(frozen=True)
class Status:
    """How an index stands: `behind` is the distance to the feed in its numbers, None before the first round.

    `down` says why the engine does not answer; its documents are not known then. `outdated`: written by other rules,
    or no longer the index that was written; the next update writes it anew.
    """

    engine: str
    documents: int | None
    behind: int | None
    outdated: bool
    down: str = ""


# Told how many publications are done and how many there are in all, as far as that is known.
Progress = Callable[[int, int], None]


def update(progress: Progress | None = None, engine: Backend | None = None) -> Updated:
    """Read the feed on to its end, for the database's index if no other is given.

    Where that is not possible - nothing was read yet, the feed's epoch changed, tombstones are gone, the index was
    written by other rules or is another one than was written - it is rebuilt. Raises `EngineDown`.
    """
    engine = engine or database_engine()
    total = Updated()
    while True:
        row = _cursor(engine)
        if _is_outdated(engine, row):
            return total + rebuild(progress, engine)
        try:
            page = feed.changes(feed.decode(row.cursor), limit=BATCH)
        except (feed.BadCursor, feed.ResyncNeeded, feed.CursorGone):
            return total + rebuild(progress, engine)
        if done := _apply(engine, row, page):
            total += done
            if progress:
                seen = total.indexed + total.removed
                progress(seen, seen + max(feed.state().seq - page.next.seq, 0))
            if not page.more:
                return total


def rebuild(progress: Progress | None = None, engine: Backend | None = None) -> Updated:
    """Write an index anew while searches go on, catch up with the feed, and put it in place. Raises `EngineDown`.

    One that was interrupted goes on where it stopped, on engines that write beside what is there.
    """
    engine = engine or database_engine()
    state = feed.state()
    beside = engine.beside(feed.encode(feed.Cursor(state.instance, state.epoch, state.seq)))
    live = list(_live().order_by("pk").values_list("pk", flat=True))
    todo = [pk for pk in live if pk > beside.reached]
    total = Updated()
    for start in range(0, len(todo), BATCH):
        documents = list(documents_of(_live().filter(pk__in=todo[start : start + BATCH])))
        beside.index(documents)
        total += Updated(indexed=len(documents))
        if progress:
            progress(total.indexed, len(todo))
    reached = _catch_up(beside, feed.decode(beside.begun_at))
    removed = beside.put_in_place(_live().values_list("pk", flat=True))
    row = _cursor(engine)
    row.cursor, row.seq = feed.encode(reached), reached.seq
    row.version, row.build = engine.version, beside.build
    row.save()
    return total + Updated(removed=removed) + update(progress, engine)


def write_again(publications: Collection[int]) -> None:
    """Write the entries of these publications in the database's index once more, in the caller's transaction.

    Behind the lock of whoever writes the index: nobody puts an older text in its place.
    """
    engine = database_engine()
    with engine.writing(_cursor(engine).pk):
        engine.remove(publications)
        engine.index(list(documents_of(_live().filter(pk__in=publications))))


def embed(progress: Progress | None = None, seconds: float | None = None) -> int:
    """Give texts of the database's index their vectors where these are missing, and return how many got one.

    After so many `seconds` no other is begun, but always one. Each is kept as soon as it is made; one that was made of
    a text which has changed meanwhile is not.
    """
    waiting = Entry.objects.filter(embedding=None).order_by("pk")
    total = waiting.count()
    if not total or embedding.model() is None:
        return 0
    end = inf if seconds is None else monotonic() + seconds
    done = last = 0
    while some := list(waiting.filter(pk__gt=last).values_list("pk", flat=True)[:EMBEDDED]):
        for document in documents_of(_live().filter(pk__in=some).order_by("pk")):
            entries = Entry.objects.filter(pk=document.publication, passage=embedding.digest(document.passages))
            done += entries.update(embedding=embedding.embed(document.passages), embedded_at=timezone.now())
            if progress:
                progress(done, total)
            if monotonic() >= end:
                return done
        last = some[-1]
    return done


def without_embedding() -> int:
    """Return how many texts of the database's index have no vector yet."""
    return Entry.objects.filter(embedding=None).count()


def status(engine: Backend | None = None) -> Status:
    """Return how an index stands; of an engine that is down, what the database knows of it."""
    engine = engine or database_engine()
    row = _cursor(engine)
    try:
        documents = engine.count() if engine.build() else 0
        outdated, down = bool(row.cursor) and _is_outdated(engine, row), ""
    except EngineDown as problem:
        documents, outdated, down = None, False, str(problem)
    return Status(engine.name, documents, _behind(row), outdated, down)


def on_recorded(waited_for: bool, **kwargs: object) -> None:
    """Index what was just published; whatever goes wrong here, publishing does not notice.

    It is left to the worker when somebody waits, when there is more than one batch, and always where the index is
    another machine's.
    """
    try:
        left_to_worker = waited_for or _waiting() > BATCH
        if not left_to_worker:
            update()
        if left_to_worker or len(engines()) > 1:
            update_index.enqueue()
    except Exception:
        log.exception("The search index could not be brought up to date; the next round catches up.")


@task()
def update_index() -> None:
    """Read the feed on to its end for every index, in the worker.

    A server that is down is the next round's: it is let rest, so that many publications do not wait for it one by one.
    """
    for engine in engines():
        if not _breakers[engine.name].allows():
            continue
        try:
            update(engine=engine)
        except EngineDown as problem:
            _breakers[engine.name].failed()
            log.warning("The index of %s could not be brought up to date: %s", engine.name, problem)
        else:
            _breakers[engine.name].succeeded()


def _apply(engine: Backend, read: IndexCursor, page: feed.FeedPage) -> Updated | None:
    """Write what one page of the feed names, and move the cursor with it. None: somebody else was faster."""
    total = Updated()
    for some in _batches(_named_by(page)):
        with engine.writing(read.pk):
            total += _write(engine, some)
    with engine.writing(read.pk):
        total += _write(engine, _publications(page))
        engine.settle()
        moved = IndexCursor.objects.filter(pk=read.pk, cursor=read.cursor, build=read.build).update(
            cursor=feed.encode(page.next), seq=page.next.seq
        )
    return total if moved else None


def _catch_up(beside: Beside, cursor: feed.Cursor) -> feed.Cursor:
    """Write what has changed since an index was begun, and return how far that went."""
    while True:
        page = feed.changes(cursor, limit=BATCH)
        for some in [*_batches(_named_by(page)), _publications(page)]:
            _write(beside, some)
        cursor = page.next
        if not page.more:
            return cursor


def _write(engine: Backend | Beside, chosen: Collection[int]) -> Updated:
    """Write these publications as they are now, or forget them."""
    if not chosen:
        return Updated()
    documents = list(documents_of(_live().filter(pk__in=chosen)))
    gone = set(chosen) - {document.publication for document in documents}
    engine.index(documents)
    engine.remove(gone)
    return Updated(len(documents), len(gone))


def _publications(page: feed.FeedPage) -> list[int]:
    """Return the publications of pages that a page of the feed names."""
    named = {(item.key, item.locale) for item in page.items}
    rows = Publication.objects.filter(kind="page", original=None, key__in={key for key, _locale in named})
    return [pk for pk, key, locale in rows.values_list("pk", "key", "locale") if (key, locale) in named]


def _named_by(page: feed.FeedPage) -> list[int]:
    """Return the live pages that are tagged with a term of this page of the feed: they are found by its names."""
    kinds = {model._meta.label: vocabulary for vocabulary, model in VOCABULARIES.items()}
    changed = defaultdict(set)
    terms = Publication.objects.filter(kind="term", key__in=[item.key for item in page.items if item.type in kinds])
    for label, code in terms.values_list("type", "slug"):
        changed[kinds[label]].add(code)
    naming = [Q(refs__kind=kind, refs__name__in=codes) for kind, codes in changed.items()]
    if not naming:
        return []
    return list(_live().filter(reduce(or_, naming)).order_by("pk").values_list("pk", flat=True).distinct())


def _batches(chosen: list[int]) -> Iterator[list[int]]:
    return (chosen[start : start + BATCH] for start in range(0, len(chosen), BATCH))


def documents_of(publications: "QuerySet[Publication]") -> Iterator[Document]:
    """Build the documents; one that cannot be read is left out and named in the log, and blocks nobody."""
    names = term_names()
    for publication in publications.select_related("body").prefetch_related("refs"):
        try:
            yield build(publication, names)
        except Exception:
            log.exception("Publication %s cannot be searched.", publication.pk)


def _waiting() -> int:
    """Return how many publications the next round will read for the database's index."""
    engine = database_engine()
    row = _cursor(engine)
    behind = _behind(row)
    return _live().count() if behind is None or _is_outdated(engine, row) else behind


def _is_outdated(engine: Backend, row: IndexCursor) -> bool:
    """Return whether there is no index that these rules have written."""
    return not row.cursor or row.version != engine.version or row.build != engine.build()


def _behind(row: IndexCursor) -> int | None:
    """Return how far a cursor is behind the feed; None before the first round."""
    return feed.state().seq - row.seq if row.cursor else None


def _live() -> "QuerySet[Publication]":
    return Publication.objects.filter(kind="page", original=None, state=Publication.State.LIVE)


def _cursor(engine: Backend) -> IndexCursor:
    return IndexCursor.objects.get_or_create(engine=engine.name)[0]
