"""Where a practice was taken over, and where it was taken from: both directions of the same rows."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from equalcity.core.models import City
from equalcity.core.reading import Related, reader, related
from equalcity.core.terms import labels
from equalcity.publication.predicate import public_pages


@dataclass(frozen=True)
class Adapted:
    """What somebody elsewhere made of a practice; `page` is the practice that came of it, if the public can see it."""

    city: str
    place: str
    year: int | None
    what_changed: str
    why: str
    page: Related | None


def adaptations_of(practice: Any, request: HttpRequest) -> list[Adapted]:
    """Return what others made of a practice, in the editors' order. Three queries at most."""
    rows = list(practice.adaptations.select_related("city", "adapted_page"))
    names = labels(City, reader()) if any(row.city_id for row in rows) else {}
    keys = [row.adapted_page.translation_key for row in rows if row.adapted_page]
    found = public_pages(Page.objects.filter(translation_key__in=keys, locale_id=practice.locale_id))
    found = found.select_related("locale", "alias_of__locale")
    pages = {page.translation_key: related(page, request) for page in found}
    return [
        Adapted(
            city=names.get(row.city.code, row.city.name) if row.city else "",
            place=row.place,
            year=row.year,
            what_changed=row.what_changed,
            why=row.why,
            page=pages.get(row.adapted_page.translation_key) if row.adapted_page else None,
        )
        for row in rows
    ]


def origins_of(practice: Any, request: HttpRequest) -> list[Related]:
    """Return the public practices whose adaptations lead to this one. One query."""
    from toolbox_pages.models import BestPracticePage

    leading: Any = BestPracticePage.objects.filter(
        adaptations__adapted_page__translation_key=practice.translation_key, locale_id=practice.locale_id
    ).exclude(pk=practice.pk)
    pages: Any = public_pages(leading.defer_streamfields()).distinct().order_by("path")
    return [related(page, request) for page in pages.select_related("locale", "alias_of__locale")]
