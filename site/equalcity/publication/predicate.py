"""What is public, asked of publications: a live row, and a page that is public right now (`core.public`)."""

from django.db.models import Q, QuerySet

from equalcity.core.public import IsPublic, is_public, public_pages
from equalcity.publication.models import Publication

__all__ = ["delivered", "delivered_pages", "is_delivered", "is_public", "public_pages"]


def delivered(publications: "QuerySet[Publication]") -> "QuerySet[Publication]":
    """Keep the live publications whose object is public right now."""
    return publications.filter(is_delivered(), state=Publication.State.LIVE)


def delivered_pages() -> "QuerySet[Publication]":
    """Return the publications of pages that are public right now."""
    return Publication.objects.filter(IsPublic("object_id"), kind="page", state=Publication.State.LIVE)


def is_delivered() -> Q:
    """The condition of `delivered` on its own, to annotate rows with."""
    return Q(kind="term") | Q(IsPublic("object_id"))
