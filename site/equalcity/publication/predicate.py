"""What is public, asked of publications: a live row, and a page that is public right now (`core.public`)."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

from equalcity.core.public import is_public, public_pages
from equalcity.publication.models import Publication

__all__ = ["delivered", "is_delivered", "is_public", "public_pages"]


def delivered(publications: "QuerySet[Publication]") -> "QuerySet[Publication]":
    """Keep the live publications whose object is public right now."""
    return publications.filter(is_delivered(), state=Publication.State.LIVE)


def is_delivered() -> Q:
    """The condition of `delivered` on its own, to annotate rows with."""
    return Q(kind="term") | Q(Exists(_page_of_row()))


def _page_of_row() -> "QuerySet[Any]":
    return public_pages(Page.objects.filter(pk=OuterRef("object_id")))
