"""Guards against faults upstream that would make hidden text public.

The serve guard holds the predicate on HTML pages; links are guarded in `core.links`. Each guard has a test that shows
the fault is still there, so that it can go when upstream mends it.
"""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import pre_delete, pre_save
from django.http import Http404, HttpRequest
from django.utils import timezone
from wagtail.models import Page

from equalcity.core.public import IsPublic
from equalcity.core.statements import statement
from equalcity.publication.marks import OF_ALIASES
from equalcity.publication.predicate import is_public


def connect() -> None:
    pre_delete.connect(hide_orphaned_aliases, dispatch_uid="publication.hide_orphaned_aliases")
    pre_save.connect(alias_the_original, dispatch_uid="publication.alias_the_original")
    pre_save.connect(hide_converted_alias, dispatch_uid="publication.hide_converted_alias")


def serve_only_public(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> None:
    """Answer hidden pages as if they had never existed. Raises `Http404`."""
    if not is_public(page):
        raise Http404


def hide_orphaned_aliases(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """An alias outlives its original as a page of its own, still live: of a hidden page it must not show a word."""
    if isinstance(instance, Page) and not is_public(instance):
        Page.objects.filter(alias_of_id=instance.pk).update(live=False)


def alias_the_original(sender: type[Any], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """An alias of an alias becomes one of the original.

    Wagtail allows chains, and in a chain nobody is told when the page at its far end is hidden.
    """
    if isinstance(instance, Page) and instance.alias_of_id and not raw:
        beyond = Page.objects.filter(pk=instance.alias_of_id).values_list("alias_of_id", flat=True).first()
        if beyond:
            instance.alias_of_id = beyond


def hide_converted_alias(
    sender: type[Any], instance: Any, raw: bool = False, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    """An alias of a hidden page becomes a draft when it is made a page of its own: it shows what nobody may see yet."""
    if not isinstance(instance, Page) or instance.pk is None or instance.alias_of_id is not None or raw:
        return
    if update_fields is not None and OF_ALIASES.isdisjoint(update_fields):
        return
    if _hidden_original(instance.pk, timezone.now()):
        instance.live = False
        Page.objects.filter(pk=instance.pk).update(live=False)


@statement
def _hidden_original(pk: int, now: datetime) -> "QuerySet[Page, int]":
    originals = Page.objects.filter(pk__in=Page.objects.filter(pk=pk).values("alias_of_id"))
    return originals.exclude(IsPublic(now=now)).values_list("pk", flat=True)
