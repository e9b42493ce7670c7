"""What remains of pages that were deleted: their tombstones, by which they can still be recalled.

Partners keep their copy of what was only withdrawn. A tombstone has no content, so staff find it by what the log of
deletions calls it; where the page stood says who may recall it and who hears of it.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import GroupPagePermission, Page, PageLogEntry

from equalcity.core.models import User
from equalcity.publication.models import Publication
from equalcity.publication.write import keys_of

DELETION = "wagtail.delete"


def remains() -> "QuerySet[Publication]":
    """Return the rows of deleted pages: tombstones, and those that will be one once the deletion is recorded."""
    page = Page.objects.filter(translation_key=OuterRef("key"), locale__language_code=OuterRef("locale"))
    return Publication.objects.filter(~Exists(page), kind="page", original=None)


def remains_of(key: uuid.UUID) -> list[Publication]:
    """Return what remains of the page with this key and of those that stood below it when they were deleted."""
    homes = {str(one) for one in Page.objects.filter(depth=2).values_list("translation_key", flat=True)}
    return [row for row in remains().filter(_once_at(key)) if str(key) in _trail(row, homes)]


def keys_below(key: uuid.UUID) -> set[uuid.UUID]:
    """Return the keys of `remains_of`; where there are pages of a key in another language, the tree says it."""
    keys = {row.key for row in remains_of(key)}
    return keys.difference(Page.objects.filter(translation_key__in=keys).values_list("translation_key", flat=True))


def nearest(key: uuid.UUID) -> Page | None:
    """Return the page that a deleted one stood below and that is still there: who may publish it answers for both."""
    for row in remains_of(key):
        above = Page.objects.filter(translation_key__in=keys_of(row.trail or row.left))
        page = above.filter(locale__language_code=row.locale).order_by("-depth").first()
        if page is not None:
            return page
    return None


def recallable_by(user: User) -> "QuerySet[Publication]":
    """Return what remains of pages where somebody may publish, or once might have; for administrators, of all."""
    may = GroupPagePermission.objects.filter(group__user=user, permission__codename="publish_page")
    where = list(may.values_list("page__depth", "page__translation_key", "page__locale__language_code"))
    if user.is_superuser or any(depth == 1 for depth, _key, _locale in where):
        return remains()
    within = Q(pk__in=[])
    for _depth, key, locale in where:
        within |= _once_at(key) & Q(locale=locale)
    return remains().filter(within)


def may_recall(user: User, key: uuid.UUID) -> bool:
    """Return whether something remains of a page with this key, or below it, that this person may recall."""
    return recallable_by(user).filter(pk__in=[row.pk for row in remains_of(key)]).exists()


def name_deletion(sender: type[Any], instance: PageLogEntry, raw: bool = False, **kwargs: Any) -> None:
    """Note the key in the log of a deletion, as nothing else ties the tombstone to what the page was called."""
    if instance.action == DELETION and instance._state.adding and not raw:
        page = instance.page
        instance.data = {**instance.data, "key": str(page.translation_key), "locale": page.locale.language_code}


def deletions(keys: Iterable[uuid.UUID]) -> dict[tuple[str, str], PageLogEntry]:
    """Return what the log says of the deletion of these, by key and language; it knows those deleted by Wagtail."""
    entries = PageLogEntry.objects.filter(action=DELETION, data__key__in=[str(key) for key in keys])
    return {(entry.data["key"], entry.data["locale"]): entry for entry in entries.order_by("timestamp", "pk")}


def _once_at(key: uuid.UUID) -> Q:
    return Q(left__contains=f"/{key}/") | Q(trail__contains=f"/{key}/")


def _trail(row: Publication, homes: set[str]) -> list[str]:
    """Return the keys from the home page down. A tombstone has them in `left`, after those it had left before."""
    keys = keys_of(row.trail or row.left)
    return keys[max((at for at, key in enumerate(keys) if key in homes), default=0) :]
