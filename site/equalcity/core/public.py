"""The one question whether a page is public, the same for HTML, API, feed, media and search.

Public is a page that is live and not expired, without a restriction on itself, on an ancestor, or on any page of
its translation set or an ancestor of one; an alias also needs its source to be so. Wagtail alone leaves aliases of
restricted and of scheduled pages public, and wagtail-localize drops the restrictions of translations.

Everything is one SQL expression, so that an answer cannot be older than the restriction that forbids it. It stands
in the core because links in texts ask it too; `equalcity.publication.predicate` asks it of publications.
"""

from typing import TypeVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

PageType = TypeVar("PageType", bound=Page)


def public_pages(pages: "QuerySet[PageType]") -> "QuerySet[PageType]":
    """Keep the pages that anybody may read right now."""
    sources = Page.objects.filter(_alive(), _unrestricted(), pk=OuterRef("alias_of_id"))
    return pages.filter(_alive(), _unrestricted(), Q(alias_of=None) | Exists(sources), depth__gt=1)


def is_public(page: Page) -> bool:
    """Ask the database, not the object in memory: that one may be stale."""
    return public_pages(Page.objects.filter(pk=page.pk)).exists()


def _alive() -> Q:
    now = timezone.now()
    return Q(live=True) & (Q(expire_at=None) | Q(expire_at__gt=now))


def _unrestricted() -> Q:
    """No restriction at or above any page of the translation set.

    The first, uncorrelated test is evaluated once and spares the rest where nothing is restricted.
    """
    at_or_above = PageViewRestriction.objects.annotate(start=Substr(OuterRef("path"), 1, Length("page__path"))).filter(
        page__path=F("start")
    )
    relatives = Page.objects.filter(Exists(at_or_above), translation_key=OuterRef("translation_key"))
    return ~Exists(PageViewRestriction.objects.all()) | ~Exists(relatives)
