"""Checks of places: what is due, that somebody checked, and telling staff (safety rule 5)."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log
from wagtail.permissions import page_permission_policy

from equalcity.core.models import User
from equalcity.publication import marks
from equalcity.publication.mailing import link, publishers, send_to
from safespace_map.freshness import State, leaves_the_map, state
from safespace_map.memory import rewrite
from safespace_map.models import Reminded, SafeSpacePage

LOG_CHECKED = "safespace_map.checked"


@dataclass(frozen=True)
class Due:
    """A place whose check is near or over."""

    place: SafeSpacePage
    state: State


def due(places: "QuerySet[SafeSpacePage]", today: datetime.date) -> list[Due]:
    """Return the originals among these that are not fresh, the latest first: shown ones and those that left the map."""
    known = places.filter(alias_of=None, check_again_by__isnull=False).order_by("check_again_by", "pk")
    found: dict[Any, Due] = {}
    for place in known.select_related("locale"):
        now = state(place.check_again_by, today)
        if now is not State.FRESH and (place.live or place.expired):
            found.setdefault(place.translation_key, Due(place, now))
    return list(found.values())


def editable_by(user: User) -> "QuerySet[SafeSpacePage]":
    """Return the places that somebody may change."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    return SafeSpacePage.objects.filter(pk__in=pages.order_by().values("pk"))


@transaction.atomic
def check(place: SafeSpacePage, user: User | None = None) -> datetime.date:
    """Note that everything was still right today, in every language and at once; return when to check again.

    That is after as long as the last time. Only the dates are published: what waits in drafts goes on waiting. A place
    that had left the map comes back.
    """
    today = timezone.localdate()
    again = today + (place.check_again_by - place.checked_on)
    dates: dict[str, Any] = {"checked_on": today, "check_again_by": again, "expire_at": leaves_the_map(again)}
    pages = list(SafeSpacePage.objects.select_for_update().filter(translation_key=place.translation_key).order_by("pk"))
    gone = {page.pk for page in pages if page.expired}
    for page in pages:
        # Wagtail takes aliases off with their original, and does not say that they expired.
        back = {"live": True, "expired": False} if gone & {page.pk, page.alias_of_id} else {}
        SafeSpacePage.objects.filter(pk=page.pk).update(**dates, **back)
    said = {name: value.isoformat() for name, value in dates.items() if value}

    def change(content: dict[str, Any]) -> dict[str, Any]:
        return {**content, **{name: value for name, value in said.items() if name in content}}

    rewrite(place.translation_key, [page.pk for page in pages], change)
    log(place, LOG_CHECKED, user=user, content_changed=True)
    marks.mark_pages([page.pk for page in pages])
    return again


def remind(today: datetime.date) -> int:
    """Mail whoever may publish them how many places are due, each place once in each state; return how many."""
    new: dict[int, int] = {}
    people: dict[int, User] = {}
    count = 0
    for one in due(SafeSpacePage.objects.all(), today):
        _row, is_new = Reminded.objects.get_or_create(
            key=one.place.translation_key, state=one.state.value, check_again_by=one.place.check_again_by
        )
        if not is_new:
            continue
        count += 1
        for user in publishers(one.place):
            people[user.pk] = user
            new[user.pk] = new.get(user.pk, 0) + 1
    for pk, number in new.items():
        subject = ngettext("%d safe space is due for a check", "%d safe spaces are due for a check", number) % number
        text = _("Past its day a place is marked, two weeks later it leaves the map. Which ones:")
        send_to([people[pk]], subject, f"{subject}.\n{text}\n\n{link(reverse('safespace_map:checks'))}")
    return count
