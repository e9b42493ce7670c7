"""Redirects from old addresses: made when pages get others, and followed to pages that the public can see.

Two faults of Wagtail are guarded against here, and `tests/equalcity/core/test_redirects.py` shows that they are
still there. It follows a redirect wherever it leads; to a hidden page it would tell that the page exists, and its
address. And it makes redirects for up to two thousand pages with one SQL condition for each, which SQLite refuses
from a thousand on.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.signal_handlers import BatchRedirectCreator
from wagtail.models import Page, Site
from wagtail.signals import page_slug_changed, post_page_move

from equalcity.core.public import is_public

BATCH = 500


def connect() -> None:
    """Connect the receivers that keep old addresses, in place of Wagtail's own (`WAGTAILREDIRECTS_AUTO_CREATE`)."""
    page_slug_changed.connect(on_slug_changed, dispatch_uid="core.redirects")
    post_page_move.connect(on_move, dispatch_uid="core.redirects")


def on_slug_changed(sender: type[Any], instance: Page, instance_before: Page, **kwargs: Any) -> None:
    keep_old_addresses(instance, instance_before.url_path)


def on_move(sender: type[Any], instance: Page, url_path_before: str, **kwargs: Any) -> None:
    keep_old_addresses(instance, url_path_before)


def keep_old_addresses(page: Page, url_path_before: str) -> None:
    """Redirect from where `page` and the public pages below it stood, `url_path_before`, to where they stand now."""
    site = Site.objects.filter(is_default_site=True).exclude(root_page=page).first()
    if site is None or url_path_before == page.url_path:
        return
    with transaction.atomic():
        batch = BatchRedirectCreator(max_size=BATCH, ignore_conflicts=True)
        batch.extend(changed_addresses(page, url_path_before, site))
        batch.process()


def changed_addresses(page: Page, url_path_before: str, site: Site) -> Iterator[Redirect]:
    for one in chain([page], page.get_descendants().live().iterator()):
        new = address(one)
        after, one.url_path = one.url_path, url_path_before + one.url_path[len(page.url_path) :]
        old, one.url_path = address(one), after
        if old and new and old != new:
            yield Redirect(old_path=old, site=site, redirect_page_id=one.pk, automatically_created=True)


def address(page: Page) -> str:
    """Return the path of a page as redirects write it; nothing for a page outside the site."""
    parts = page.get_url_parts()
    return Redirect.normalise_path(parts[2]) if parts else ""


class PublicRedirectMiddleware(RedirectMiddleware):
    """Leaves 404 what would lead to a hidden page."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code != 404 or not leads_to_readers(chosen_redirect(request)):
            return response
        answer: HttpResponseBase = super().process_response(request, response)
        return answer


def chosen_redirect(request: HttpRequest) -> Redirect | None:
    """Return the redirect that Wagtail would choose for this address."""
    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    bare = urlsplit(path).path
    chosen: Redirect | None = get_redirect(request, path)
    return chosen if chosen is not None or bare == path else get_redirect(request, bare)


def leads_to_readers(redirect: Redirect | None) -> bool:
    """Whether there is a redirect, and it leads to no page that the public cannot see."""
    return redirect is not None and (redirect.redirect_page is None or is_public(redirect.redirect_page))
