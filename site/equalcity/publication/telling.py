"""What a page says of other things stays true: whoever names a changed thing is recorded anew.

Who names a thing is known from what is recorded (`PublicationRef`), and from the tree: the page above, those below
and the translations of a page say something of it. Four things could be lost, and four rules keep them.

1. *A page is being recorded that names the thing for the first time*, so who records the thing does not find it.
   Each recording of a thing that others name gets a number, and a page is written only when nothing of which it says
   something got one since it began to be read (`is_overtaken`). Both hold the counter row, so one of them comes first.
   The page: then its references stand, and it is found and marked. The thing, and the page began before: then the
   number is higher, and the page is read again. The thing, and the page began after: then it read the thing after the
   commit of the change, because marks are read, and those who are to be told looked for (`spreading`), after it.
2. *A page is recorded that says something of the thing, before the thing itself is*; then the change is taken back,
   and who records the thing sees none. So a page that is written while a change of such a thing waits leaves a mark
   that sleeps (`is_early`) until the next change of anything was recorded.
3. *The thing is recorded after the page was read*, without any visible change, for the same reason. So each recording
   of a change gets a number, whether others are told or not.
4. *The thing cannot be recorded and parks.* What is recorded of it is old from then on, what others say of it is new,
   and which of its changes are visible nobody knows. So everybody is told of each change that parks, and of the one
   with which it can be recorded again or goes (`tell_everybody`).

Together: when a page is written and leaves no mark, every change of a thing that it saw had been recorded before it
began, so what it says is what is recorded of the thing; a later difference from that is told.

Marks that only say that somebody was told (`Dirty.echo`) are no changes by these rules, or pages that name each other
would mark each other for ever.

This holds where each statement sees what was committed before it began (PostgreSQL's READ COMMITTED) and where a
writing transaction is the only one (SQLite).
"""

from django.db import connection
from django.db.models import Q, QuerySet
from wagtail.models import Page

from equalcity.core.models.terms import VOCABULARIES
from equalcity.publication import marks
from equalcity.publication.models import Dirty, FeedState, Publication, PublicationRef, Told
from equalcity.publication.prepare import Prepared

# Whether changes wait of the tree, and of other pages than one. Asked for each page that is recorded: built anew by the
# ORM each time, it takes 0.5 ms and not 0.01.
WAITING = """
    SELECT
        EXISTS (SELECT 1 FROM publication_dirty WHERE kind = 'tree' AND parked_at IS NULL AND echo = %s),
        EXISTS (
            SELECT 1 FROM publication_dirty
            WHERE kind = 'page' AND object_id <> %s AND parked_at IS NULL AND echo = %s
        )
"""


def note(counter: FeedState, kind: str, name: str) -> None:
    """Give the recording of this a number. `counter` is locked."""
    counter.told += 1
    FeedState.objects.filter(pk=counter.pk).update(told=counter.told)
    Told.objects.bulk_create(
        [Told(kind=kind, name=name, number=counter.told)],
        update_conflicts=True,
        unique_fields=["kind", "name"],
        update_fields=["number"],
    )


def tell(counter: FeedState, kind: str, name: str) -> list[int]:
    """Mark every page that names this, and return those. `counter` is locked."""
    note(counter, kind, name)
    naming = PublicationRef.objects.filter(kind=kind, name=name, publication__kind="page")
    pages = [pk for pk in naming.values_list("publication__object_id", flat=True) if pk is not None]
    marks.mark_pages(pages, echo=True)
    return pages


def tell_of_page(counter: FeedState, row: Publication) -> None:
    """Mark every page that says something of this one: those that name it, its translations and children."""
    tell(counter, "page", str(row.key))
    # Kin are asked of the tree: there they stand before they are recorded for the first time.
    near = Q(translation_key=row.key)
    if place := Page.objects.filter(pk=row.object_id).values("path", "depth").first():
        near |= Q(path__startswith=place["path"], depth=place["depth"] + 1)
    kin = Page.objects.filter(near, live=True).exclude(pk=row.object_id)
    marks.mark_pages(sorted(kin.values_list("pk", flat=True)), echo=True)


def name_of(kind: str, object_id: int) -> str:
    """Return what others call a page or term; nothing when it is gone."""
    model, name = (Page, "translation_key") if kind == "page" else (VOCABULARIES[kind], "code")
    return str(model._default_manager.filter(pk=object_id).values_list(name, flat=True).first() or "")


def tell_everybody(counter: FeedState, kind: str, object_id: int, names: set[str]) -> None:
    """Mark whatever may say something of a thing of which nobody knows what changed. `counter` is locked."""
    pages: set[int] = set()
    for name in names - {""}:
        tell(counter, kind, name)
        if kind == "page":
            # Who lists it may be a page above which it stood only while it was parked.
            listing = Publication.objects.filter(kind=kind, state=Publication.State.LIVE, children__icontains=name)
            near = Page.objects.filter(translation_key=name)
            pages.update(pk for pk in listing.values_list("object_id", flat=True) if pk is not None)
            pages.update(near.values_list("pk", flat=True))
    place = Page.objects.filter(pk=object_id).first() if kind == "page" else None
    if place is not None:
        above = Q(path=place.path[: -Page.steplen])
        around = Page.objects.filter(above | Q(path__startswith=place.path), live=True)
        pages.update(around.values_list("pk", flat=True))
    marks.mark_pages(sorted(pages - {object_id}), echo=True)


def is_overtaken(counter: FeedState, prepared: Prepared) -> bool:
    """Return whether anything that it says something of was recorded since it began to be read."""
    if prepared.kind != "page" or counter.told == prepared.told:
        return False
    told = set(Told.objects.filter(number__gt=prepared.told).values_list("kind", "name"))
    keys = [name for kind, name in told if kind == "page"]
    said = not prepared.refs.isdisjoint(told) or not set(prepared.children).isdisjoint(keys)
    return said or bool(keys and spoken_of(prepared).filter(translation_key__in=keys))


def is_early(prepared: Prepared) -> bool:
    """Return whether a change waits of a page of which it says something."""
    own = prepared.columns["object_id"]
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [False, own, False])
        of_tree, of_pages = cursor.fetchone()
    # Mostly none waits, and then nobody needs to be found of whom it says something.
    if of_tree or not of_pages:
        return bool(of_tree)
    waiting = Dirty.objects.filter(parked_at=None, echo=False, kind="page").exclude(object_id=own)
    return waiting.filter(object_id__in=spoken_of(prepared).values("pk")).exists()


def spoken_of(prepared: Prepared) -> "QuerySet[Page]":
    """Return the pages of which a page says something: those it names, its kin, and all above, in their addresses."""
    columns = prepared.columns
    keys = [name for kind, name in prepared.refs if kind == "page"]
    named = Page.objects.filter(translation_key__in=[*keys, prepared.key]).values_list("path", flat=True)
    above = {path[:end] for path in named for end in range(2 * Page.steplen, len(path) + 1, Page.steplen)}
    below = Q(path__startswith=columns["path"], depth=columns["depth"] + 1)
    return Page.objects.filter(Q(path__in=above) | below).exclude(pk=columns["object_id"])
