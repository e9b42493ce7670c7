"""Marks of what is not recorded itself -> marks of the pages that say something of it.

Looked for after the change was committed: a page that began to name the thing before that would be missed by who
looks inside the transaction of the change.
"""

from collections.abc import Callable
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q
from wagtail.models import Page, Site

from equalcity.publication import marks, telling
from equalcity.publication.counter import locked_state
from equalcity.publication.models import Dirty

Find = Callable[[int, list[str]], list[int]]


def spread(kind: str, object_id: int) -> list[int]:
    """Turn the marks of something into marks of pages; return those."""
    read = Dirty.objects.filter(kind=kind, object_id=object_id, parked_at=None).order_by("id")
    found = list(read.values_list("pk", "name"))
    names = list(dict.fromkeys(name for _pk, name in found if name))
    with transaction.atomic(), marks.recording_postponed():
        pages = SPREADING[kind](object_id, names)
        Dirty.objects.filter(pk__in=[pk for pk, _name in found]).delete()
        marks.awake()
    return pages


def _tree(page_id: int, names: list[str]) -> list[int]:
    """Mark the pages of a tree, their translations, and the page above.

    What restricts a page stands before the trees of its aliases, too, and there may be pages that its own tree lacks.
    A page may move to where it stood, and push its siblings aside: the page above looks after these.
    """
    root = Page.objects.filter(pk=page_id).first()
    pages = [page_id]
    if root is not None:
        tops = [root.path, *root.aliases.values_list("path", flat=True)]
        below = reduce(or_, (Q(path__startswith=path) for path in tops))
        keys = Page.objects.filter(below).values("translation_key")
        above = root.get_parent()
        found = Page.objects.filter(Q(translation_key__in=keys) | Q(pk=above.pk if above else None))
        pages = list(found.order_by("path").values_list("pk", flat=True))
    marks.mark_pages(pages)
    return pages


def _file(kind: str) -> Find:
    """Mark the pages that embed a picture or document."""

    def find(_object_id: int, names: list[str]) -> list[int]:
        counter = locked_state()
        return [pk for name in names for pk in telling.tell(counter, kind, name)]

    return find


def _gone(_page_id: int, names: list[str]) -> list[int]:
    """Mark who named a page that was deleted, and its trees in other languages.

    Rows about it went along, in pages that nobody saved; and what a restriction of it hid in other languages may be
    public from now on.
    """
    counter = locked_state()
    naming = [pk for name in names for pk in telling.tell(counter, "page", name)]
    others = Page.objects.filter(translation_key__in=names).values_list("pk", flat=True)
    return naming + [pk for other in others for pk in _tree(other, [])]


def _site(_site_id: int, _names: list[str]) -> list[int]:
    """Mark every page: its address begins with the site's."""
    Site.clear_site_root_paths_cache()
    pages = list(Page.objects.filter(depth__gt=1, live=True).values_list("pk", flat=True))
    marks.mark_pages(pages)
    return pages


SPREADING: dict[str, Find] = {
    "tree": _tree,
    "image": _file("image"),
    "document": _file("document"),
    "gone": _gone,
    "site": _site,
}
