"""The cities on the first page: one poster for each toolbox, and what the toolbox holds."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.text import capfirst
from wagtail.models import Page

from equalcity.core.models import City
from equalcity.core.reading import written_in
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
    below = public_pages(home.get_descendants()).filter(depth__lte=home.depth + 2)
    pages = list(below.select_related("content_type", "locale", "alias_of__locale").order_by("path"))
    toolboxes = [page for page in pages if getattr(page.specific_class, "menu_group", "") == "toolboxes"]
    texts = Page.objects.filter(pk__in=[page.pk for page in toolboxes]).specific().defer_streamfields()
    own = {text.pk: text for text in texts}
    cities = City.objects.in_bulk({text.city_id for text in texts})
    names = labels(City, home.locale.language_code)
    made = {}
    for page in toolboxes:
        text = own[page.pk]
        city = cities[text.city_id]
        made[page.path] = Poster(
            city=names.get(city.code, city.name),
            accent=city.accent,
            url=page.get_url(request) or "",
            audience=text.audience,
            partner_line=text.partner_line,
            language=written_in(page),
        )
    for page in pages:
        poster = made.get(page.path[: -page.steplen])
        if poster is not None:
            kind = capfirst(str(page.specific_class._meta.verbose_name))
            poster.holds.append(Holding(kind, page.title, page.get_url(request) or "", written_in(page)))
    return list(made.values())
