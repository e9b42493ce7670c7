"""Ways in which something can stand in the database without ever having been public."""

import datetime

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from tests.equalcity.api.hidden.stage import PLAIN, WORD, Hidden, add, fill, publish, relate
from tests.factories import Tree, locale
from toolbox_pages.models import BestPracticePage

KINDS = (PageViewRestriction.PASSWORD, PageViewRestriction.LOGIN, PageViewRestriction.GROUPS)


def drafts(site: Tree) -> Hidden:
    return add(site)


def drafts_before_their_siblings(site: Tree) -> Hidden:
    return add(site, first=True)


def drafts_with_aliases(site: Tree) -> Hidden:
    hidden = add(site)
    fill()
    return hidden


def drafts_with_translations(site: Tree) -> Hidden:
    hidden = add(site)
    for page in hidden.pages.values():
        page.refresh_from_db()
        page.copy_for_translation(locale("fr"), copy_parents=True)
    return hidden


def translations_begun(site: Tree) -> Hidden:
    """Public pages with a draft in one more language."""
    hidden = add(site)
    for page in (site.home, site.about):
        page.specific_class.objects.get(pk=page.pk).copy_for_translation(locale("de"))
    return hidden


def drafts_named_by_a_public_page(site: Tree) -> Hidden:
    hidden = add(site)
    relate(site, hidden)
    return hidden


def deleted_drafts(site: Tree) -> Hidden:
    hidden = add(site)
    for page in hidden.tops:
        page.refresh_from_db()
        page.delete()
    return hidden


def scheduled(site: Tree) -> Hidden:
    """Ready to go out tomorrow."""
    hidden = add(site)
    for page in hidden.pages.values():
        page.refresh_from_db()
        page.go_live_at = timezone.now() + datetime.timedelta(days=1)
        page.specific.save_revision().publish()
    return hidden


def scheduled_with_aliases(site: Tree) -> Hidden:
    """Wagtail makes aliases of a scheduled page live at once."""
    hidden = drafts_with_aliases(site)
    for page in hidden.pages.values():
        fresh = page.specific_class.objects.get(pk=page.pk)
        fresh.go_live_at = timezone.now() + datetime.timedelta(days=1)
        fresh.save_revision().publish()
    return hidden


def restricted(site: Tree) -> Hidden:
    """By a password, to those who sign in, and to a group; what stands below with it."""
    hidden = add(site)
    for page, kind in zip(hidden.tops, KINDS, strict=True):
        close(page, kind)
    publish(hidden)
    fill()
    return hidden


def restricted_one_by_one(site: Tree) -> Hidden:
    hidden = add(site)
    for page in hidden.pages.values():
        close(page, PageViewRestriction.LOGIN)
    publish(hidden)
    return hidden


def restricted_in_another_language(site: Tree) -> Hidden:
    """The restriction stands on the translations; the originals are published."""
    hidden = add(site)
    for page in hidden.pages.values():
        page.refresh_from_db()
        close(page.copy_for_translation(locale("fr"), copy_parents=True), PageViewRestriction.PASSWORD)
    publish(hidden)
    return hidden


def restricted_and_named_by_a_public_page(site: Tree) -> Hidden:
    hidden = restricted(site)
    relate(site, hidden)
    return hidden


def expired_from_the_start(site: Tree) -> Hidden:
    """Live in the database, and past its end before anybody recorded it."""
    hidden = add(site)
    Page.objects.filter(pk__in=hidden.pages).update(live=True, expire_at=timezone.now() - datetime.timedelta(hours=1))
    for page in hidden.pages.values():
        page.refresh_from_db()
        page.save()
    return hidden


def files_of_a_closed_collection(site: Tree) -> Hidden:
    """Pages whose files only some may see."""
    hidden = add(site)
    collection = Collection.get_first_root_node().add_child(name="Closed")
    for file in (hidden.image, hidden.document):
        file.collection = collection
        file.save()
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.PASSWORD, password="open sesame"
    )
    return hidden


def drafts_of_public_pages(site: Tree) -> Hidden:
    """What stands in drafts of public pages: title, slug, text, picture, menu, a related page."""
    hidden = add(site)
    for page in (site.about, site.practices[1], site.toolbox, site.home):
        edited = page.specific_class.objects.get(pk=page.pk)
        edited.title, edited.summary, edited.seo_title = f"{WORD} edited", WORD, WORD
        edited.show_in_menus = not edited.show_in_menus
        edited.body = hidden.pages[PLAIN].body
        edited.save_revision()
    return hidden


def scheduled_edits_of_public_pages(site: Tree) -> Hidden:
    """A live page whose next text goes out tomorrow."""
    hidden = add(site)
    practice = BestPracticePage.objects.get(pk=site.practices[1].pk)
    practice.title, practice.context = f"{WORD} tomorrow", f"<p>{WORD}</p>"
    practice.evidence_level = BestPracticePage.Evidence.BEST
    practice.go_live_at = timezone.now() + datetime.timedelta(days=1)
    practice.save_revision().publish()
    return hidden


def close(page: Page, kind: str) -> None:
    """Restrict a page to those who have a password, who sign in, or who belong to a group."""
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=kind, password="open sesame" if kind == PageViewRestriction.PASSWORD else ""
    )
    if kind == PageViewRestriction.GROUPS:
        restriction.groups.add(Group.objects.get_or_create(name="Readers")[0])


WAYS = (
    drafts,
    drafts_before_their_siblings,
    drafts_with_aliases,
    drafts_with_translations,
    translations_begun,
    drafts_named_by_a_public_page,
    deleted_drafts,
    scheduled,
    scheduled_with_aliases,
    restricted,
    restricted_one_by_one,
    restricted_in_another_language,
    restricted_and_named_by_a_public_page,
    expired_from_the_start,
    files_of_a_closed_collection,
    drafts_of_public_pages,
    scheduled_edits_of_public_pages,
)

# One for each condition of the predicate: live, in JSON that names it, as an alias, restricted, expired, files.
CONDITIONS = (
    drafts,
    drafts_named_by_a_public_page,
    scheduled_with_aliases,
    restricted_in_another_language,
    restricted_and_named_by_a_public_page,
    expired_from_the_start,
    files_of_a_closed_collection,
)
