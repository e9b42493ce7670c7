"""What toolboxes, guides and practices show beside the page itself, in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.text import capfirst
from django.utils.translation import get_language
from wagtail.models import Page

from equalcity.core.models import City, Role, Setting, TargetGroup, Term, Theme
from equalcity.core.terms import labels
from equalcity.publication.predicate import public_pages

A_PAGE = 12


@dataclass(frozen=True)
class Row:
    """A page in a list: its city in the reader's language, and the language of its own text."""

    page: Page
    url: str
    city: str
    accent: str
    language: str


@dataclass(frozen=True)
class Related:
    """Another page that is used together with a practice."""

    title: str
    url: str
    kind: str
    language: str


def reader() -> str:
    return get_language() or settings.LANGUAGE_CODE


def written_in(page: Page) -> str:
    """Return the language of a page's text; an alias shows its source's."""
    return str((page.alias_of or page).locale.language_code)


def of_toolbox(toolbox: Any, request: HttpRequest) -> dict[str, Any]:
    """Return what a toolbox holds, and its city."""
    children = public_pages(toolbox.get_children()).select_related("content_type", "locale", "alias_of__locale")
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
    ancestors = public_pages(practice.get_ancestors().filter(depth__gt=2)).select_related("locale", "alias_of__locale")
    return {
        **of_city(practice),
        "crumbs": [related(page, request, kind="") for page in ancestors.select_related("content_type")],
        "target_groups": named(TargetGroup, practice.target_groups.all()),
        "themes": named(Theme, practice.themes.all()),
        "settings": named(Setting, practice.settings.all()),
        "roles": named(Role, practice.roles.all()),
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


def named(model: type[Term], terms: Iterable[Term]) -> list[str]:
    """Return the names of terms in the reader's language, in the vocabulary's order."""
    chosen = {term.code for term in terms}
    return [name for code, name in labels(model, reader()).items() if code in chosen] if chosen else []


def practices_below(index: Page) -> QuerySet[Any]:
    from toolbox_pages.models import BestPracticePage

    found: QuerySet[Any] = BestPracticePage.objects.child_of(index).defer_streamfields()
    return found.select_related("city", "locale", "alias_of__locale").order_by("path")


def page_of(request: HttpRequest, pages: QuerySet[Any]) -> PaginatorPage[Any]:
    """Return the page that `?page=` asks for; 404 for one that does not exist."""
    paginator = Paginator(pages, A_PAGE)
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) < 7):
        raise Http404
    if not 1 <= int(number) <= paginator.num_pages:
        raise Http404
    return paginator.page(int(number))


def rows_of(pages: Iterable[Any], request: HttpRequest) -> list[Row]:
    names = labels(City, reader())
    return [
        Row(page, page.get_url(request) or "", names.get(page.city.code, ""), page.city.accent, written_in(page))
        for page in pages
    ]


def related(page: Page, request: HttpRequest, kind: str | None = None) -> Related:
    words = capfirst(str(page.specific_class._meta.verbose_name)) if kind is None else kind
    return Related(page.title, page.get_url(request) or "", words, written_in(page))


def related_pages(practice: Any, request: HttpRequest) -> list[Related]:
    """Return the pages used with a practice, each in the reader's language where it has one, in the editors' order."""
    keys = [row.target.translation_key for row in practice.related_pages.select_related("target")]
    found = public_pages(Page.objects.filter(translation_key__in=keys, locale_id=practice.locale_id))
    by_key = {page.translation_key: page for page in found.select_related("content_type", "locale", "alias_of__locale")}
    return [related(by_key[key], request) for key in keys if key in by_key]
