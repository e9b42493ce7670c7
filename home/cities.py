"""The cities on the first page: one poster for each toolbox, and what the toolbox holds."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.text import capfirst
from wagtail.models import Page

from equalcity.core.models import City
from equalcity.core.terms import labels
from equalcity.publication.predicate import public_pages


@dataclass(frozen=True)
class Holding:
    """A page of a toolbox: its kind in words, such as “Guide of best practices”."""

    kind: str
    title: str
    url: str
    language: str


@dataclass(frozen=True)
class Poster:
    """A toolbox as the first page shows it; `language` is that of its texts."""

    city: str
    accent: str
    url: str
    audience: str
    partner_line: str
    language: str
    holds: list[Holding] = field(default_factory=list)


def posters(home: Page, request: HttpRequest) -> list[Poster]:
    """Return a poster for each public toolbox below `home`, in the editors' order, in a constant number of queries."""
    children = public_pages(home.get_children()).select_related("content_type")
    ids = [page.pk for page in children if getattr(page.specific_class, "menu_group", "") == "toolboxes"]
    toolboxes = list(
        Page.objects.filter(pk__in=ids)
        .order_by("path")
        .select_related("locale", "alias_of__locale")
        .specific()
        .defer_streamfields()
    )
    cities = City.objects.in_bulk({toolbox.city_id for toolbox in toolboxes})
    names = labels(City, home.locale.language_code)
    made = {toolbox.path: poster_of(toolbox, cities[toolbox.city_id], names, request) for toolbox in toolboxes}
    inside = Page.objects.filter(path__startswith=home.path, depth=home.depth + 2)
    for page in public_pages(inside).select_related("content_type", "locale", "alias_of__locale").order_by("path"):
        poster = made.get(page.path[: -page.steplen])
        if poster is not None:
            kind = capfirst(str(page.specific_class._meta.verbose_name))
            poster.holds.append(Holding(kind, page.title, page.get_url(request) or "", written_in(page)))
    return list(made.values())


def poster_of(toolbox: Page, city: City, names: dict[str, str], request: HttpRequest) -> Poster:
    return Poster(
        city=names.get(city.code, city.name),
        accent=city.accent,
        url=toolbox.get_url(request) or "",
        audience=toolbox.audience,
        partner_line=toolbox.partner_line,
        language=written_in(toolbox),
    )


def written_in(page: Page) -> str:
    """Return the language of a page's text; an alias shows its source's."""
    return str((page.alias_of or page).locale.language_code)
