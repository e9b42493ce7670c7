"""Records every page of the database with the product's own code, on all processors."""

from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from wagtail.models import Page

from equalcity.core.models.terms import VOCABULARIES
from equalcity.publication import marks
from equalcity.publication.models import Dirty, Publication
from equalcity.publication.predicate import public_pages
from equalcity.publication.record import record, record_objects
from equalcity.publication.signals import recorded
from equalcity.publication.write import Recorded

SAMPLE = 40

Say = Callable[[str], None]


def everything() -> list[tuple[str, int]]:
    """Return every term and page, translations of one page beside each other."""
    terms = [
        (vocabulary, pk)
        for vocabulary, model in VOCABULARIES.items()
        for pk in model._default_manager.order_by("pk").values_list("pk", flat=True)
    ]
    pages = Page.objects.filter(depth__gt=1).order_by("first_published_at", "path").values_list("pk", flat=True)
    return [*terms, *(("page", pk) for pk in pages)]


def mark_everything() -> None:
    """Leave exactly one mark for each term and page."""
    Dirty.objects.all().delete()
    Dirty.objects.bulk_create([Dirty(kind=kind, object_id=pk) for kind, pk in everything()], batch_size=1000)


def record_part(part: int, parts: int, say: Say) -> None:
    """Record one stretch of everything with the product's own code; the search index comes afterwards."""
    recorded.disconnect(dispatch_uid="search.on_recorded")
    wanted = everything()
    size = -(-len(wanted) // parts)
    waiting, done = wanted[part * size : (part + 1) * size], 0
    while waiting:
        again = []
        for one in waiting:
            result = record_objects([one])
            if result.parked:
                raise RuntimeError(f"{one} cannot be recorded; its mark is parked with the error.")
            if result == Recorded():
                # Another process marked it meanwhile, so what was rendered may be old.
                again.append(one)
                continue
            done += 1
            if done % 500 == 0:
                say(f"Recorded by process {part + 1} of {parts}: {done} of {size}")
        waiting = again


def finish(say: Say) -> None:
    """Check a sample of what was recorded, then bring up to date what follows from it. Raises `RuntimeError`.

    Recording marks what stands around each page. All of it was there from the start, so these marks would find
    nothing to change, and go; that this is so is what the sample shows.
    """
    recorded.disconnect(dispatch_uid="search.on_recorded")
    live = Publication.objects.filter(kind="page", state=Publication.State.LIVE)
    public = public_pages(Page.objects.filter(depth__gt=1))
    Dirty.objects.filter(parked_at=None).delete()
    if live.count() != public.count():
        raise RuntimeError(f"{public.count()} pages are public, and {live.count()} are recorded.")
    sample = live.order_by("?").values_list("object_id", flat=True)[:SAMPLE]
    with marks.recording_postponed():
        marks.mark_pages([pk for pk in sample if pk is not None])
    if again := record().written:
        raise RuntimeError(f"{again} of {SAMPLE} publications were not what they should be.")
    say("The search index ...")
    call_command("index", "rebuild", verbosity=0)
    with connection.cursor() as cursor:
        # As autovacuum would in time.
        cursor.execute("VACUUM ANALYZE")
