"""Where a pulled page goes in our own tree."""

import uuid

from django.db.models import Q
from wagtail.models import Locale, Page, Site

from equalcity.core.models import BasePage
from equalcity.publication import marks
from equalcity.replication.models import Peer, Replica
from equalcity.replication.schema import FeedItem, Refused

MOST_LEVELS = 20


def is_home(model: type[BasePage]) -> bool:
    """Return whether pages of this type stand directly below the root, so that every instance has its own."""
    return model.allowed_parent_page_models() == [Page]


def home_of(locale: Locale) -> Page | None:
    """Return our home page in a language."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    return in_language(site.root_page, locale) if site else None


def top(peer: Peer, locale: Locale) -> Page | None:
    """Return the page of ours below which the peer's uppermost pages go."""
    under = in_language(peer.under, locale) if peer.under else None
    return under or home_of(locale)


def in_language(page: Page, locale: Locale) -> Page | None:
    """Return the page itself or its translation."""
    return Page.objects.filter(translation_key=page.translation_key, locale=locale).first()


def parent_for(peer: Peer, item: FeedItem, locale: Locale, local_key: uuid.UUID, *, nothing_more: bool) -> Page | None:
    """Return the page of ours that `item` goes below, or None while that one has not come.

    `nothing_more`: the feed is read to its end, so a parent that is missing in this language will not come; an
    alias of it then holds the place, as it does upstream (aliases are in no feed).
    """
    if item.parent is None or item.key == peer.subtree:
        return top(peer, locale)
    above = Replica.objects.filter(peer=peer, peer_key=item.parent)
    same_language = above.filter(locale=item.locale).first()
    if same_language is not None:
        return Page.objects.filter(pk=same_language.object_id).first()
    for replica in above.order_by("pk"):
        page = replica.page()
        if page is not None:
            found = in_language(page, locale)
            if found is None and nothing_more and not replica.anchor:
                found = page.copy_for_translation(locale, copy_parents=True, alias=True)
            return found
    relative = Page.objects.filter(~Q(locale=locale), translation_key=local_key).order_by("pk").first()
    return in_language(relative.get_parent(), locale) if relative else None


def check_place(model: type[BasePage], parent: Page) -> None:
    """Raise `Refused` when a page of this type may not stand there."""
    if parent.specific_class not in model.allowed_parent_page_models():
        raise Refused(
            f"A page of the type “{model._meta.verbose_name}” cannot stand below “{parent.title}” "
            f"({parent.specific_class._meta.verbose_name})."
        )
    if parent.depth >= MOST_LEVELS:
        raise Refused("It would stand too deep in the tree.")


def free_slug(parent: Page, slug: str, page: Page) -> str:
    """Return `slug`, with a number behind it where a sibling has it already."""
    taken = set(Page.objects.child_of(parent).exclude(pk=page.pk).values_list("slug", flat=True))
    candidate, number = slug, 1
    while candidate in taken:
        number += 1
        candidate = f"{slug[:250]}-{number}"
    return candidate


def insert(peer: Peer, item: FeedItem, page: Page, parent: Page) -> None:
    """Put a new page into the tree, between the siblings that stand beside it upstream."""
    after = _first_of_the_next(peer, item, parent)
    if after is None:
        parent.add_child(instance=page)
        return
    # The pages on its right get other tree paths by an UPDATE that sends no signal.
    moved = Page.objects.filter(path__gte=after.path, path__startswith=parent.path, live=True)
    moved_pks = list(moved.values_list("pk", flat=True))
    after.add_sibling("left", instance=page)
    marks.mark_pages(moved_pks)


def _first_of_the_next(peer: Peer, item: FeedItem, parent: Page) -> Page | None:
    above = Replica.objects.filter(peer=peer, peer_key=item.parent, locale=item.locale).first() if item.parent else None
    keys = above.children if above else []
    if str(item.key) not in keys:
        return None
    following = keys[keys.index(str(item.key)) + 1 :]
    local = dict(
        Replica.objects.filter(
            peer=peer, locale=item.locale, peer_key__in=following, object_id__in=Page.objects.child_of(parent)
        ).values_list("peer_key", "object_id")
    )
    found = (local[key] for key in map(uuid.UUID, following) if key in local)
    pk = next(found, None)
    return Page.objects.get(pk=pk) if pk else None
