"""The same tree in every language: what is not translated stands there as an alias.

`wagtail_localize` makes aliases of new pages from a hook of the CMS, along its `LocaleSynchronization` rows, so
those rows are made here; code that creates pages calls `make_aliases`.
"""

from wagtail.models import Locale, Page
from wagtail_localize.models import LocaleSynchronization
from wagtail_localize.synctree import PageIndex, create_aliases_for_new_page, synchronize_tree


def synchronize(source_locale: Locale) -> None:
    """Make an alias of every page of `source_locale` in every other language that lacks it.

    From then on a page created in the CMS gets its aliases at once. Safe to call again. Moves and deletes nothing.
    """
    for locale in Locale.objects.exclude(pk=source_locale.pk):
        row = LocaleSynchronization.objects.filter(locale=locale).first()
        if row is None or row.sync_from_id != source_locale.pk:
            # Saving the row makes the aliases too.
            LocaleSynchronization.objects.update_or_create(locale=locale, defaults={"sync_from": source_locale})
        else:
            synchronize_tree(source_locale, locale, page_index=_index())


def _index() -> PageIndex:
    return PageIndex.from_database().sort_by_tree_position()


def make_aliases(page: Page) -> None:
    """Make the aliases of a page that code has just created, in every language that follows its own."""
    create_aliases_for_new_page(page)
