"""A guard against a fault upstream: copies of restricted pages below a copied page were public.

Wagtail's `CopyPageAction` gives each copy below the restrictions of the page where copying began, not those of its own
original. `tests/equalcity/publication/test_guards.py` shows that it still does.
"""

from wagtail.models import Page, PageViewRestriction


def keep_restrictions(original: Page, copied: Page) -> None:
    """Give each copy below `copied` the restriction that its original has; what is restricted already stays so.

    To be called in the transaction of the copying.
    """
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
