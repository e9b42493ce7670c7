"""Guards against faults upstream that would make hidden text public.

The serve guard holds the predicate on HTML pages; links are guarded in `core.links`. Each guard has a test that shows
the fault is still there, so that it can go when upstream mends it.
"""

from typing import Any

from django.db.models.signals import pre_delete
from django.http import Http404, HttpRequest
from wagtail.models import Page

from equalcity.publication.predicate import is_public


def connect() -> None:
    pre_delete.connect(hide_orphaned_aliases, dispatch_uid="publication.hide_orphaned_aliases")


def serve_only_public(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> None:
    """Answer hidden pages as if they had never existed. Raises `Http404`."""
    if not is_public(page):
        raise Http404


def hide_orphaned_aliases(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """An alias outlives its original as a page of its own, still live: of a hidden page it must not show a word."""
    if isinstance(instance, Page) and not is_public(instance):
        Page.objects.filter(alias_of_id=instance.pk).update(live=False)
