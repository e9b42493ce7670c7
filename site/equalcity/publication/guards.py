"""Guards against faults upstream that would make hidden text public.

The serve guard holds the predicate on HTML pages; the link handler keeps addresses of hidden pages out of text.
Each guard has a test that shows the fault is still there, so that it can go when upstream mends it.
"""

from typing import Any

from django.db.models.signals import pre_delete
from django.http import Http404, HttpRequest
from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from equalcity.publication.predicate import is_public, public_pages


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


class PublicPageLinkHandler(PageLinkHandler):
    """Links in rich text lead to pages that the public may see; others keep their words and lose the link."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        targets = [page.localized if page else None for page in cls.get_many(attrs_list)]
        visible = set(
            public_pages(Page.objects.filter(pk__in=[page.pk for page in targets if page])).values_list("pk", flat=True)
        )
        return [
            f'<a href="{escape(page.url)}">' if page is not None and page.pk in visible else "<a>" for page in targets
        ]
