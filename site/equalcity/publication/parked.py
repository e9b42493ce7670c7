"""What could not be recorded: who is shown it, what it means for readers, and trying again."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_permission_codename
from django.db.models import Q, QuerySet
from django.urls import reverse
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from equalcity.core.models import User
from equalcity.core.models.terms import VOCABULARIES
from equalcity.publication.models import Dirty, Publication
from equalcity.publication.record import record_objects


@dataclass(frozen=True)
class Parked:
    """One page or term that waits. `object` is None when it is gone; `known`: readers have an older version of it."""

    mark: Dirty
    object: Any
    known: bool
    may_try: bool

    @property
    def title(self) -> str:
        if isinstance(self.object, Page):
            return str(self.object.get_admin_display_title())
        return str(self.object or self.mark)

    @property
    def edit_url(self) -> str:
        if self.object is None:
            return ""
        if isinstance(self.object, Page):
            return reverse("wagtailadmin_pages:edit", args=[self.object.pk])
        return reverse(self.object.snippet_viewset.get_url_name("edit"), args=[self.object.pk])


def parked_for(user: User) -> "QuerySet[Dirty]":
    """Return the parked marks of what this person may edit or publish; an administrator sees all."""
    parked = Dirty.objects.exclude(parked_at=None).order_by("id")
    if user.is_superuser:
        return parked
    return parked.filter(_of_pages(user, ["change", "publish"]) | Q(kind__in=_vocabularies(user)))


def may_try_again(user: User) -> "QuerySet[Dirty]":
    """Return the parked marks that this person may have tried again: of pages that they may publish."""
    if user.is_superuser:
        return parked_for(user)
    return parked_for(user).filter(_of_pages(user, ["publish"]) | Q(kind__in=_vocabularies(user)))


def described(marks: Iterable[Dirty], user: User) -> list[Parked]:
    """Return what staff are shown of these marks; the number of queries does not depend on that of the marks."""
    marks = list(marks)
    objects = _objects(marks)
    allowed = set(may_try_again(user).filter(pk__in=[mark.pk for mark in marks]).values_list("pk", flat=True))
    rows = Publication.objects.filter(state=Publication.State.LIVE, object_id__in=[mark.object_id for mark in marks])
    labels = {name: model._meta.label for name, model in VOCABULARIES.items()}
    known = {
        ("page" if kind == "page" else label, pk) for kind, label, pk in rows.values_list("kind", "type", "object_id")
    }
    return [
        Parked(
            mark,
            objects.get((mark.kind, mark.object_id)),
            known=(labels.get(mark.kind, "page"), mark.object_id) in known,
            may_try=mark.pk in allowed,
        )
        for mark in marks
    ]


def try_again(mark: Dirty) -> bool:
    """Record what was parked; return whether it worked. When not, it is parked again."""
    Dirty.objects.filter(pk=mark.pk).update(parked_at=None)
    record_objects([(mark.kind, mark.object_id)])
    return not Dirty.objects.filter(kind=mark.kind, object_id=mark.object_id, parked_at__isnull=False).exists()


def _of_pages(user: User, actions: list[str]) -> Q:
    pages = page_permission_policy.instances_user_has_any_permission_for(user, actions)
    return Q(kind="page", object_id__in=pages.order_by().values("pk"))


def _vocabularies(user: User) -> list[str]:
    """The vocabularies that this person may change."""
    return [
        name
        for name, model in VOCABULARIES.items()
        if user.has_perm(f"{model._meta.app_label}.{get_permission_codename('change', model._meta)}")
    ]


def _objects(marks: list[Dirty]) -> dict[tuple[str, int], Any]:
    found: dict[tuple[str, int], Any] = {}
    for kind in {mark.kind for mark in marks}:
        model = VOCABULARIES.get(kind, Page)
        rows = model._default_manager.select_related("locale").in_bulk(
            [mark.object_id for mark in marks if mark.kind == kind]
        )
        found |= {(kind, pk): row for pk, row in rows.items()}
    return found
