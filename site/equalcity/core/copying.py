"""Guards against two faults upstream: copies that show what their originals do not.

Wagtail's `CopyPageAction` gives each copy below the restrictions of the page where copying began, not those of its own
original. And an alias of a page that waits for its time is live by itself, only hidden behind its source; its copy is a
page of its own, and was public at once. `tests/equalcity/publication/test_guards.py` shows that both are still so.
"""

from wagtail.models import Page, PageViewRestriction


def keep_hidden(original: Page, copied: Page) -> None:
    """Hide what is copied as what it was copied from is. To be called in the transaction of the copying."""
    keep_restrictions(original, copied)
    keep_waiting(original, copied)


def keep_waiting(original: Page, copied: Page) -> None:
    """Make drafts of the copies of aliases whose source is not out."""
    pairs = zip([original, *original.get_descendants()], [copied, *copied.get_descendants()], strict=False)
    copies = {source.pk: copy.pk for source, copy in pairs}
    waiting = Page.objects.filter(pk__in=copies, alias_of__live=False).values_list("pk", flat=True)
    Page.objects.filter(pk__in=[copies[pk] for pk in waiting]).update(live=False, has_unpublished_changes=True)
    copied.refresh_from_db(fields=["live", "has_unpublished_changes"])


def keep_restrictions(original: Page, copied: Page) -> None:
    """Give each copy below `copied` the restriction that its original has; what is restricted already stays so."""
    pairs = zip(original.get_descendants(), copied.get_descendants(), strict=False)
    copies = {source.pk: copy for source, copy in pairs}
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
