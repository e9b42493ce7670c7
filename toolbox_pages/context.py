"""What toolboxes, guides and practices show beside the page itself, in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from equalcity.core.licences import licence_url
from equalcity.core.models import City, CityService, Role, Setting, TargetGroup, Theme
from equalcity.core.paging import page_of
from equalcity.core.reading import Related, crumbs, named, reader, related, written_in
from equalcity.core.terms import labels
from equalcity.publication.predicate import public_pages
from toolbox_pages.adaptations import adaptations_of, origins_of


@dataclass(frozen=True)
class Row:
    """A page in a list: its city in the reader's language, and the language of its own text."""

    page: Page
    url: str
    city: str
    accent: str
    language: str


def of_toolbox(toolbox: Any, request: HttpRequest) -> dict[str, Any]:
    """Return what a toolbox holds, and its city."""
    children = public_pages(toolbox.get_children()).select_related("locale", "alias_of__locale")
    return {**of_city(toolbox), "holds": [related(child, request) for child in children]}


def of_index(index: Any, request: HttpRequest) -> dict[str, Any]:
    """Return one page of a guide's practices."""
    parent = index.get_parent().specific
    practices = page_of(request, public_pages(practices_below(index)))
    rows = rows_of(practices.object_list, request)
    city = of_city(parent) if hasattr(parent, "city_id") else {}
    return {**city, "parent": parent, "practices": practices, "rows": rows}


def of_practice(practice: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the practice's terms in the reader's language, and the public pages it is used with."""
    return {
        **of_city(practice),
        "crumbs": crumbs(practice, request),
        "target_groups": named(TargetGroup, practice.target_groups.all()),
        "themes": named(Theme, practice.themes.all()),
        "settings": named(Setting, practice.settings.all()),
        "roles": named(Role, practice.roles.all()),
        "services": named(CityService, practice.services.all()),
        "adaptations": adaptations_of(practice, request),
        "origins": origins_of(practice, request),
        "attachments": attachments(practice),
        "licence_url": licence_url(practice.licence),
        "related": related_pages(practice, request),
        "evidence_levels": evidence(practice),
        "address": settings.SITE_URL + (practice.get_url(request) or ""),
    }


def of_city(page: Any) -> dict[str, Any]:
    """Return the city's name in the reader's language and the accent that colours the page. One query."""
    return {
        "city_name": labels(City, reader()).get(page.city.code, page.city.name),
        "page_accent": page.city.accent,
    }


def evidence(practice: Any) -> list[bool]:
    """Return one sign for each level, innermost arch first: whether the practice has reached it."""
    order = list(type(practice).Evidence.values)
    reached = order.index(practice.evidence_level)
    return [level <= reached for level in range(len(order))]


def practices_below(index: Page) -> QuerySet[Any]:
    from toolbox_pages.models import BestPracticePage

    found: QuerySet[Any] = BestPracticePage.objects.child_of(index).defer_streamfields()
    return found.select_related("city", "locale", "alias_of__locale").order_by("path")


def attachments(practice: Any) -> list[Any]:
    """Return the files that go with a practice, those left out whose consent has ended. One query."""
    return [row for row in practice.attachments.select_related("document") if row.document.has_consent()]


def rows_of(pages: Iterable[Any], request: HttpRequest) -> list[Row]:
    names = labels(City, reader())
    return [
        Row(page, page.get_url(request) or "", names.get(page.city.code, ""), page.city.accent, written_in(page))
        for page in pages
    ]


def related_pages(practice: Any, request: HttpRequest) -> list[Related]:
    """Return the pages used with a practice, each in the reader's language where it has one, in the editors' order."""
    keys = [row.target.translation_key for row in practice.related_pages.select_related("target")]
    found = public_pages(Page.objects.filter(translation_key__in=keys, locale_id=practice.locale_id))
    by_key = {page.translation_key: page for page in found.select_related("locale", "alias_of__locale")}
    return [related(by_key[key], request) for key in keys if key in by_key]
