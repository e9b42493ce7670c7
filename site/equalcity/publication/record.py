"""Dirty marks -> publications.

State is always recomputed from the database, never taken from a signal. Rendering happens outside any lock; then
one short transaction takes the counter row, checks that the marks it read are still all there is to know and that
nothing that the object names changed meanwhile (`telling`), compares etags, gives numbers and writes. It touches no
page row: a lock held together with page rows deadlocks in bulk publishing.
"""

import logging
from collections.abc import Callable, Iterable

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from equalcity.core.statements import statement
from equalcity.publication import marks, telling
from equalcity.publication.counter import locked_state
from equalcity.publication.models import Dirty
from equalcity.publication.prepare import Overtaken, Prepared, prepare
from equalcity.publication.signals import recorded
from equalcity.publication.spreading import SPREADING, spread
from equalcity.publication.write import Recorded, Writer

BATCH = 200
# So many rounds on end may come to nothing because what they read is changed by others; no worker goes on for ever.
PATIENCE = 20

log = logging.getLogger(__name__)


def record(limit: int | None = None, progress: Callable[[Recorded], None] | None = None) -> Recorded:
    """Record what is marked until no mark is left, or until `limit` objects were looked at.

    Long work, such as a section that was renamed, tells its progress in the log after each batch.
    """
    total, seen, fruitless = Recorded(), 0, 0
    while (limit is None or seen < limit) and fruitless < PATIENCE:
        room = BATCH if limit is None else min(BATCH, limit - seen)
        objects = pending(room)
        if not objects:
            break
        seen += len(objects)
        now = record_objects(objects)
        total += now
        # A mark that is gone is progress, even if nothing was to be written: of a draft, or one that spread to others.
        fruitless = fruitless + 1 if now == Recorded() and pending(1) == objects[:1] else 0
        if len(objects) == BATCH:
            log.info("%s objects recorded; %s marks wait.", seen, Dirty.objects.filter(parked_at=None).count())
        if progress:
            progress(total)
    if fruitless == PATIENCE:
        log.warning(
            "Nothing could be recorded of %s objects, time after time; the next round looks again.", len(objects)
        )
    return total


def record_marked(objects: list[tuple[str, int]], limit: int) -> Recorded:
    """Record these marked objects, and the pages that marks spread to, up to `limit`.

    What is left, and what is marked on the way, is the worker's.
    """
    total, left = Recorded(), list(dict.fromkeys(objects))
    while left and limit > 0:
        now, left = left[:limit], left[limit:]
        limit -= len(now)
        total += record_objects([(kind, pk) for kind, pk in now if kind not in SPREADING], waited_for=True)
        left += [("page", page) for kind, pk in now if kind in SPREADING for page in spread(kind, pk)]
    return total


def pending(count: int) -> list[tuple[str, int]]:
    """Return up to `count` marked objects, oldest mark first, each once."""
    rows = (
        Dirty.objects.filter(parked_at=None)
        .exclude(kind=marks.ASLEEP)
        .order_by("id")
        .values_list("kind", "object_id")[: count * 3]
    )
    return list(dict.fromkeys(rows))[:count]


def record_objects(objects: Iterable[tuple[str, int]], *, waited_for: bool = False) -> Recorded:
    """Record these objects, each in a transaction of its own.

    Subscribers are told when somebody waits for the answer, so that they leave to the worker what can wait.
    """
    total = Recorded()
    # What is marked on the way waits for the next round: recording must not start inside recording.
    with marks.recording_postponed():
        for kind, object_id in objects:
            if kind in SPREADING:
                spread(kind, object_id)
            else:
                total += record_object(kind, object_id)
    if total.written or total.withdrawn:
        told = recorded.send_robust(sender=None, written=total.written + total.withdrawn, waited_for=waited_for)
        for receiver, answer in told:
            if isinstance(answer, Exception):
                log.error("A subscriber failed (%s); it catches up later.", receiver, exc_info=answer)
    return total


def record_object(kind: str, object_id: int) -> Recorded:
    """Record one object. What cannot be rendered is parked with its error."""
    read = _waiting(_marks_of(kind, object_id))
    if not read:
        return Recorded()
    changed = any(not mark.echo for mark in read)
    try:
        prepared = _prepared(kind, object_id)
        with transaction.atomic():
            counter = locked_state()
            found = _marks_of(kind, object_id)
            if _waiting(found) != read:
                # Somebody recorded it meanwhile, or it changed again: then a newer mark is waiting.
                return Recorded()
            result = Writer(counter).write(kind, object_id, prepared, changed=changed)
            if changed and found != read:
                telling.tell_everybody(counter, kind, object_id, {mark.name for mark in found})
            _forget(found)
    except Overtaken:
        # Its marks stay, and the next round reads it as it is now.
        return Recorded()
    except (OperationalError, InterfaceError):
        raise  # the database, not this object
    except Exception as error:
        log.exception("%s %s cannot be recorded and is parked.", kind, object_id)
        _park(kind, object_id, read, error)
        return Recorded(parked=1)
    return result


def _prepared(kind: str, object_id: int) -> Prepared | None:
    """Prepare the object. One that is moved or deleted while it is read may fail anywhere: it is read once more."""
    try:
        return prepare(kind, object_id)
    except (OperationalError, InterfaceError, Overtaken):
        raise
    except Exception:
        return prepare(kind, object_id)


@statement
def _marks_of(kind: str, object_id: int) -> "QuerySet[Dirty]":
    """What waits of an object, and what is parked of it, the oldest first."""
    return Dirty.objects.filter(kind=kind, object_id=object_id).order_by("id")


def _waiting(found: list[Dirty]) -> list[Dirty]:
    return [mark for mark in found if mark.parked_at is None]


def _forget(found: list[Dirty]) -> None:
    """Forget marks that were read, and those that were parked: it could be recorded after all."""
    marks_of_this = Dirty.objects.filter(pk__in=[mark.pk for mark in found])
    # Without reading them first, as Django does for the sake of receivers: nobody listens for marks.
    marks_of_this._raw_delete(marks_of_this.db)


def _park(kind: str, object_id: int, read: list[Dirty], error: Exception) -> None:
    """Leave one parked mark of an object: its oldest, which knows since when. Others say what is so by now."""
    said = f"{type(error).__name__}: {error}".replace("\0", "")[:2000]
    with transaction.atomic():
        counter = locked_state()
        found = [mark for mark in _marks_of(kind, object_id) if mark.parked_at or mark in read]
        if not found:
            return
        name = telling.name_of(kind, object_id)
        if any(not mark.echo for mark in read):
            telling.tell_everybody(counter, kind, object_id, {name, *(mark.name for mark in found)})
        oldest, *others = found
        _forget(others)
        oldest.name, oldest.error, oldest.parked_at = name or oldest.name, said, timezone.now()
        oldest.attempts += 1
        oldest.save()
        marks.awake()
