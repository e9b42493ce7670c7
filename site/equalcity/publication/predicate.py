"""What is public, asked of publications: a live row, and a page that is public right now (`core.public`)."""

from typing import Any

from django.db.models import Q, QuerySet

from equalcity.core.public import BEHIND, IsNotHidden, IsPublic, NamesHidden, is_public, public_pages
from equalcity.publication.models import Dirty, Publication

__all__ = [
    "NamesHidden",
    "delivered",
    "delivered_pages",
    "is_delivered",
    "is_public",
    "listed_pages",
    "public_pages",
    "unlisted_pages",
]


def delivered(publications: "QuerySet[Publication]", now: Any = None) -> "QuerySet[Publication]":
    """Keep the live publications whose object is public right now; a `statement` takes the time as a parameter."""
    return publications.filter(is_delivered(now), state=Publication.State.LIVE)


def delivered_pages(now: Any = None) -> "QuerySet[Publication]":
    """Return the publications of pages that are public right now; a `statement` takes the time as a parameter."""
    return Publication.objects.filter(IsPublic("object_id", now), kind="page", state=Publication.State.LIVE)


class IsListed(IsNotHidden):
    """The page whose id stands in a column is not hidden, nor is it gone and its publication not withdrawn yet."""

    hidden = f"""{IsNotHidden.hidden}
    UNION ALL SELECT mark.object_id FROM {Dirty._meta.db_table} mark
        WHERE mark.kind = 'page' AND NOT EXISTS (SELECT 1 FROM {{pages}} page WHERE page.id = mark.object_id)
    """  # noqa: S608


class IsUnlisted(IsListed):
    """The opposite, which finds the few by themselves."""

    def condition(self, column: str, tables: dict[str, str], vendor: str) -> str:
        return f"{column} IN ({self.hidden.format(behind=BEHIND.format(**tables), **tables)})"


def listed_pages(now: Any = None) -> "QuerySet[Publication]":
    """Return the same as `delivered_pages`, found by leaving out what is hidden: to count, and to find a slice.

    What a list shows is asked of `delivered_pages`.
    """
    return Publication.objects.filter(IsListed("object_id", now), kind="page", state=Publication.State.LIVE)


def unlisted_pages(now: Any = None) -> "QuerySet[Publication]":
    """Return the live publications that `listed_pages` leaves out: hidden or gone since they were recorded."""
    return Publication.objects.filter(IsUnlisted("object_id", now), kind="page", state=Publication.State.LIVE)


def is_delivered(now: Any = None) -> Q:
    """The condition of `delivered` on its own, to annotate rows with."""
    return Q(kind="term") | Q(IsPublic("object_id", now))
