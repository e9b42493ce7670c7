"""Telling those who name something that it has changed: they are recorded anew.

Who names what is known from what is recorded (`PublicationRef`). A page that is being recorded by another process,
and names the thing for the first time, is not found there. So each telling gets a number, and a page is written only
when nothing that it names was told of since it began to be read. Then no change is lost:

Let a page be written that names a thing, and let a change of that thing be committed. The change left a mark in its
own transaction; whoever reads the mark does so after the commit, and tells. Telling and writing both hold the
counter row, so one of them comes first.

- The page is written first: then its references stand, the telling finds them and marks the page.
- The telling comes first, and the page took its number before: then the number of the telling is higher, and the
  page is not written but read again.
- The telling comes first, and the page took its number after: then whatever the page read of the thing it read after
  the commit of the change, and says it.

This holds where each statement sees what was committed before it began (PostgreSQL's READ COMMITTED) and where a
writing transaction is the only one (SQLite). It needs a telling after the commit: who asked for references inside
the transaction of the change would miss what is written until its end.

What a page says of its own kin (the page above, those below, its translations) needs no references: these are found
in the tree itself, where a page stands before it can be read, and are marked; a new mark of a page keeps what was
read before it from being written.
"""

from equalcity.publication import marks
from equalcity.publication.models import FeedState, PublicationRef, Told
from equalcity.publication.prepare import Prepared


def tell(counter: FeedState, kind: str, name: str) -> list[int]:
    """Mark every page that names this, and return those. `counter` is locked."""
    counter.told += 1
    FeedState.objects.filter(pk=counter.pk).update(told=counter.told)
    Told.objects.bulk_create(
        [Told(kind=kind, name=name, number=counter.told)],
        update_conflicts=True,
        unique_fields=["kind", "name"],
        update_fields=["number"],
    )
    naming = PublicationRef.objects.filter(kind=kind, name=name, publication__kind="page")
    pages = [pk for pk in naming.values_list("publication__object_id", flat=True) if pk is not None]
    marks.mark_pages(pages)
    return pages


def is_overtaken(counter: FeedState, prepared: Prepared) -> bool:
    """Return whether anything that it names was told of since it began to be read. `counter` is locked."""
    if counter.told == prepared.told or not prepared.refs:
        return False
    told = Told.objects.filter(number__gt=prepared.told).values_list("kind", "name")
    return not prepared.refs.isdisjoint(told)
