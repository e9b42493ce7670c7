"""The index is one more subscriber of the change feed, with a cursor for each engine.

It may fall behind, be stopped at any point or start from nothing: the next round reads on where the last one ended,
and writing the same change twice changes nothing.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django_tasks import task

from equalcity.publication import feed
from equalcity.publication.models import Publication
from search import analysis
from search.backends import get_backend
from search.documents import Document, build
from search.models import IndexCursor

BATCH = 200

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Updated:
    """What a round did, in publications."""

    indexed: int = 0
    removed: int = 0

    def __add__(self, other: "Updated") -> "Updated":
        return Updated(self.indexed + other.indexed, self.removed + other.removed)


@dataclass(frozen=True)
class Status:
    """How the index stands: `behind` is the distance to the feed in its numbers, None before the first round."""

    engine: str
    documents: int
    behind: int | None
    outdated: bool


# Told how many publications are done and how many there are in all, as far as that is known.
Progress = Callable[[int, int], None]


def update(progress: Progress | None = None) -> Updated:
    """Read the feed on to its end.

    Where that is not possible - nothing was read yet, the feed's epoch changed, tombstones are gone, the analyzer
    is another one - the index is rebuilt.
    """
    total = Updated()
    while True:
        row = _cursor()
        if not row.cursor or row.analysis != analysis.VERSION:
            return total + rebuild(progress)
        try:
            page = feed.changes(feed.decode(row.cursor), limit=BATCH)
        except (feed.BadCursor, feed.ResyncNeeded, feed.CursorGone):
            return total + rebuild(progress)
        if done := _apply(row, page):
            total += done
            if progress:
                seen = total.indexed + total.removed
                progress(seen, seen + max(feed.state().seq - page.next.seq, 0))
            if not page.more:
                return total


def rebuild(progress: Progress | None = None) -> Updated:
    """Write everything anew over what is there, so that searches go on meanwhile; then read on in the feed."""
    backend = get_backend()
    state = feed.state()
    begun_at = feed.Cursor(state.instance, state.epoch, state.seq)
    live = list(_live().order_by("pk").values_list("pk", flat=True))
    total = Updated()
    for start in range(0, len(live), BATCH):
        chosen = _live().filter(pk__in=live[start : start + BATCH])
        documents = list(_documents(chosen.select_related("body")))
        backend.index(documents)
        total += Updated(indexed=len(documents))
        if progress:
            progress(total.indexed, len(live))
    gone = backend.holds() - set(live)
    backend.remove(gone)
    row = _cursor()
    row.cursor, row.seq, row.analysis = feed.encode(begun_at), begun_at.seq, analysis.VERSION
    row.save()
    return total + Updated(removed=len(gone)) + update(progress)


def status() -> Status:
    """Return how the index stands."""
    row = _cursor()
    return Status(
        engine=get_backend().name,
        documents=get_backend().count(),
        behind=_behind(row),
        outdated=bool(row.cursor) and row.analysis != analysis.VERSION,
    )


def on_recorded(waited_for: bool, **kwargs: object) -> None:
    """Index what was just published; whatever goes wrong here, publishing does not notice.

    It is left to the worker when somebody waits, or when there is more than one batch.
    """
    try:
        if waited_for or _waiting() > BATCH:
            update_index.enqueue()
        else:
            update()
    except Exception:
        log.exception("The search index could not be brought up to date; the next round catches up.")


@task()
def update_index() -> None:
    """Read the feed on to its end, in the worker."""
    update()


def _apply(read: IndexCursor, page: feed.FeedPage) -> Updated | None:
    """Write what one page of the feed names, and move the cursor with it. None: somebody else was faster."""
    backend = get_backend()
    names = {(item.key, item.locale) for item in page.items}
    with transaction.atomic():
        row = IndexCursor.objects.select_for_update().get(pk=read.pk)
        if row.cursor != read.cursor:
            return None
        # Read under the lock: what stands there now is at least as new as the item that named it.
        candidates = Publication.objects.filter(kind="page", original=None, key__in={key for key, _locale in names})
        publications = [one for one in candidates.select_related("body") if (one.key, one.locale) in names]
        documents = list(_documents(one for one in publications if one.state == Publication.State.LIVE))
        kept = {document.publication for document in documents}
        gone = {one.pk for one in publications} - kept
        backend.index(documents)
        backend.remove(gone)
        row.cursor, row.seq = feed.encode(page.next), page.next.seq
        row.save()
    return Updated(len(documents), len(gone))


def _documents(publications: Iterable[Publication]) -> Iterator[Document]:
    """Build the documents; one that cannot be read is left out and named in the log, and blocks nobody."""
    for publication in publications:
        try:
            yield build(publication)
        except Exception:
            log.exception("Publication %s cannot be searched.", publication.pk)


def _waiting() -> int:
    """Return how many publications the next round will read."""
    row = _cursor()
    behind = _behind(row)
    return _live().count() if behind is None or row.analysis != analysis.VERSION else behind


def _behind(row: IndexCursor) -> int | None:
    """Return how far a cursor is behind the feed; None before the first round."""
    return feed.state().seq - row.seq if row.cursor else None


def _live() -> "QuerySet[Publication]":
    return Publication.objects.filter(kind="page", original=None, state=Publication.State.LIVE)


def _cursor() -> IndexCursor:
    return IndexCursor.objects.get_or_create(engine=get_backend().name)[0]
