"""The same tree in every language: what is not translated stands there as an alias.

`wagtail_localize` makes aliases of new pages from a hook of the CMS, along its `LocaleSynchronization` rows, so
those rows are made here; code that creates pages calls `make_aliases`.
"""

from wagtail.models import Locale, Page
from wagtail_localize.models import LocaleSynchronization
from wagtail_localize.synctree import create_aliases_for_new_page


def synchronize(source_locale: Locale) -> None:
    """Make an alias of every page of `source_locale` in every other language that lacks it.

    From then on a page created in the CMS gets its aliases at once. Safe to call again. Moves and deletes nothing.
    """
    for locale in Locale.objects.exclude(pk=source_locale.pk):
        there = Page.objects.filter(locale=locale).values("translation_key")
        missing = Page.objects.filter(locale=source_locale, depth__gt=1).exclude(translation_key__in=there)
        for pk in list(missing.order_by("path").values_list("pk", flat=True)):
            page = Page.objects.get(pk=pk).specific
            # It may have been made on the way, as the parent of another: in this language that one stands elsewhere.
            if not page.has_translation(locale):
                page.copy_for_translation(locale, copy_parents=True, alias=True)
        # Saved in bulk, without a signal: at that, wagtail_localize would go through the whole tree once more.
        if not LocaleSynchronization.objects.filter(locale=locale).update(sync_from=source_locale):
            LocaleSynchronization.objects.bulk_create([LocaleSynchronization(locale=locale, sync_from=source_locale)])


def make_aliases(page: Page) -> None:
    """Make the aliases of a page that code has just created, in every language that follows its own."""
    create_aliases_for_new_page(page)
