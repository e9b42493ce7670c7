"""Dirty marks -> publications.

State is always recomputed from the database, never taken from a signal. Rendering happens outside any lock; then
one short transaction takes the counter row, checks that the marks it read are still all there is to know, compares
etags, gives numbers and writes. It touches no page row: a lock held together with page rows deadlocks in bulk
publishing.
"""

import logging
from collections.abc import Callable, Iterable

from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page

from equalcity.publication import marks
from equalcity.publication.feed import locked_state
from equalcity.publication.models import Dirty
from equalcity.publication.prepare import prepare
from equalcity.publication.signals import recorded
from equalcity.publication.write import Recorded, Writer

BATCH = 200

log = logging.getLogger(__name__)


def record(limit: int | None = None, progress: Callable[[Recorded], None] | None = None) -> Recorded:
    """Record what is marked until no mark is left, or until `limit` objects were looked at."""
    total, seen = Recorded(), 0
    while limit is None or seen < limit:
        room = BATCH if limit is None else min(BATCH, limit - seen)
        objects = pending(room)
        if not objects:
            break
        seen += len(objects)
        total += record_objects(objects)
        if progress:
            progress(total)
    return total


def pending(count: int) -> list[tuple[str, int]]:
    """Return up to `count` marked objects, oldest mark first, each once."""
    rows = Dirty.objects.filter(parked_at=None).order_by("id").values_list("kind", "object_id")[: count * 3]
    return list(dict.fromkeys(rows))[:count]


def record_objects(objects: Iterable[tuple[str, int]]) -> Recorded:
    """Record these objects, each in a transaction of its own."""
    total = Recorded()
    # What is marked on the way waits for the next round: recording must not start inside recording.
    with marks.recording_postponed():
        for kind, object_id in objects:
            if kind == "tree":
                spread(object_id)
            else:
                total += record_object(kind, object_id)
    if total.written or total.withdrawn:
        for receiver, answer in recorded.send_robust(sender=None, written=total.written + total.withdrawn):
            if isinstance(answer, Exception):
                log.error("A subscriber failed (%s); it catches up later.", receiver, exc_info=answer)
    return total


def spread(page_id: int) -> None:
    """Turn the mark of a tree into marks of its pages and of their translations."""
    read = _marks_of("tree", page_id)
    root = Page.objects.filter(pk=page_id).first()
    with transaction.atomic():
        if root is not None:
            keys = Page.objects.filter(path__startswith=root.path).values("translation_key")
            marks.mark_pages(list(Page.objects.filter(translation_key__in=keys).values_list("pk", flat=True)))
        else:
            marks.mark("page", page_id)
        Dirty.objects.filter(pk__in=read).delete()


def record_object(kind: str, object_id: int) -> Recorded:
    """Record one object. What cannot be rendered is parked with its error."""
    read = _marks_of(kind, object_id)
    try:
        prepared = prepare(kind, object_id)
    except OperationalError:
        raise
    except Exception as error:
        log.exception("%s %s cannot be recorded and is parked.", kind, object_id)
        _park(read, error)
        return Recorded(parked=1)
    with transaction.atomic():
        counter = locked_state()
        if _marks_of(kind, object_id) != read:
            # Somebody recorded it meanwhile, or it changed again: then a newer mark is waiting.
            return Recorded()
        result = Writer(counter).write(kind, object_id, prepared)
        Dirty.objects.filter(pk__in=read).delete()
    return result


def _marks_of(kind: str, object_id: int) -> list[int]:
    return list(
        Dirty.objects.filter(kind=kind, object_id=object_id, parked_at=None).order_by("id").values_list("pk", flat=True)
    )


def _park(read: list[int], error: Exception) -> None:
    Dirty.objects.filter(pk__in=read).update(
        parked_at=timezone.now(), error=f"{type(error).__name__}: {error}"[:2000], attempts=F("attempts") + 1
    )
