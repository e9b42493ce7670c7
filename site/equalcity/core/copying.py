"""Guards against two faults upstream: copies that show what their originals do not.

Wagtail's `CopyPageAction` gives each copy below the restrictions of the page where copying began, not those of its own
original. And an alias of a page that waits for its time is live by itself, only hidden behind its source; its copy is a
page of its own, and was public at once. `tests/equalcity/publication/test_guards.py` shows that both are still so.
"""

from collections.abc import Mapping

from wagtail.models import Page, PageViewRestriction


def keep_hidden(original: Page, copied: Page) -> None:
    """Hide what is copied as what it was copied from is. To be called in the transaction of the copying."""
    pairs = zip(original.get_descendants(), copied.get_descendants(), strict=False)
    below = {source.pk: copy for source, copy in pairs}
    keep_restrictions(below)
    keep_waiting({original.pk: copied, **below})


def keep_waiting(copies: Mapping[int, Page]) -> None:
    """Make drafts of the copies, by the page that each was copied from, of aliases whose source is not out."""
    found = Page.objects.filter(pk__in=copies, alias_of__live=False).values_list("pk", flat=True)
    waiting = [copies[pk] for pk in found]
    for copy in waiting:
        copy.live, copy.has_unpublished_changes = False, True
    Page.objects.filter(pk__in=[copy.pk for copy in waiting]).update(live=False, has_unpublished_changes=True)


def keep_restrictions(copies: Mapping[int, Page]) -> None:
    """Give each copy the restriction that its original has; what is restricted already stays so."""
    restricted = set(PageViewRestriction.objects.filter(page__in=copies.values()).values_list("page_id", flat=True))
    for restriction in PageViewRestriction.objects.filter(page__in=copies):
        copy = copies[restriction.page_id]
        if copy.pk in restricted:
            continue
        kept = PageViewRestriction(
            page=copy, restriction_type=restriction.restriction_type, password=restriction.password
        )
        kept.save()
        kept.groups.set(restriction.groups.all())
