"""`pages/`: the contract of stock Wagtail API v2 over publications."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponseRedirect
from wagtail.models import Page, Site

from equalcity.api.answers import ASK_FIRST, NEVER_KEEP, json_answer
from equalcity.api.delivery import Stored, documents, stored, stored_in_languages, stored_in_order
from equalcity.api.endpoint import Endpoint
from equalcity.api.listing import (
    FALLBACK,
    FILTERS,
    LOCALE,
    matching,
    models_of,
    ranked_locales,
)
from equalcity.api.parameters import ID_MAX, LIMIT, LIMIT_MAX, OFFSET_MAX, Parameter, Query, whole_number
from equalcity.api.problems import BadParameter, NotFound
from equalcity.api.searching import OPERATOR, SEARCH, slice_found
from equalcity.api.shapes import select_for_detail, select_for_list
from equalcity.publication.predicate import delivered_pages

FIELDS = Parameter(
    "fields",
    "Fields to show: names, `*` for all, `_` for none, `-name` to leave one out, `relation(name,…)` one level deep.",
    {"type": "string", "example": "*,-body"},
)
RICH_TEXT = Parameter("rich_text_format", "Only `html`, the stored form.", {"type": "string", "enum": ["html"]})
SLICE = (
    Parameter("limit", "How many at most.", {"type": "integer", "minimum": 0, "maximum": LIMIT_MAX, "default": LIMIT}),
    Parameter("offset", "How many to pass over.", {"type": "integer", "minimum": 0, "maximum": OFFSET_MAX}),
)


def check_rich_text(query: Query) -> None:
    """Refuse other forms of rich text: only safe HTML is stored."""
    if query.text("rich_text_format", "html") != "html":
        raise BadParameter("rich_text_format", "Only html is stored; other forms are not available.")


class PageList(Endpoint):
    name = "pages_list"
    summary = "List published pages"
    gives = {"application/json": "PageList"}
    parameters = (FIELDS, RICH_TEXT, *SLICE, *FILTERS, SEARCH, OPERATOR)

    def answer(self, request: HttpRequest, query: Query, **kwargs: Any) -> HttpResponseBase:
        check_rich_text(query)
        models = models_of(query)
        # With one type its own fields are available; with several, only what all pages have.
        selection = select_for_list(models[0] if len(models) == 1 else Page, query.optional("fields"))
        limit = query.number("limit", LIMIT, most=LIMIT_MAX)
        offset = query.number("offset", 0, most=OFFSET_MAX)
        found = slice_found(matching(query, models), query, offset, limit)
        asked = query.locale() if "fallback" in query else None
        shown = stored_in_order(found.rows, may_name_pages=selection.may_name_pages)
        items = documents(shown, selection, asked_locale=asked)
        return json_answer(
            request,
            # What could not be shown after all is not counted either.
            {"meta": {"total_count": found.total - len(found.rows) + len(items)}, "items": items},
            # A lucky dip differs each time, and what somebody searched for stays in no cache.
            cache_control=NEVER_KEEP if query.text("order") == "random" or "search" in query else ASK_FIRST,
        )


class PageDetail(Endpoint):
    name = "pages_detail"
    summary = "Read one published page"
    gives = {"application/json": "Page"}
    fails = (*Endpoint.fails, 404)
    parameters = (FIELDS, RICH_TEXT, LOCALE, FALLBACK)

    def answer(self, request: HttpRequest, query: Query, pk: int = 0, **kwargs: Any) -> HttpResponseBase:
        row = self._row(query, pk)
        if row is None:
            raise NotFound
        check_rich_text(query)
        selection = select_for_detail(model_of(row), query.optional("fields"))
        asked = query.locale() if "fallback" in query else None
        shown = documents([row], selection, asked_locale=asked)
        if not shown:
            raise NotFound
        return json_answer(request, shown[0])

    def _row(self, query: Query, pk: int) -> Stored | None:
        if pk > ID_MAX:
            return None
        locales = ranked_locales(query)
        found = stored_in_languages(pk, locales) if "fallback" in query else stored(pk)
        fitting = [row for row in found if not locales or row.locale in locales]
        return min(fitting, key=lambda row: locales.index(row.locale) if locales else 0, default=None)


def model_of(row: Stored) -> type[Page]:
    """Return the page model of a row; a type that a newer version dropped has the fields of every page."""
    try:
        model: type[Page] = apps.get_model(row.type)
    except LookupError:
        return Page
    return model


class PageFind(Endpoint):
    name = "pages_find"
    summary = "Find a page by its address or id"
    status = 302
    fails = (*Endpoint.fails, 404)
    parameters = (
        Parameter("html_path", "Path of the page on the site, for example `/fr/a-propos/`."),
        Parameter("id", "Id of the page.", {"type": "integer", "minimum": 1}),
        FIELDS,
        RICH_TEXT,
        LOCALE,
        FALLBACK,
    )

    def answer(self, request: HttpRequest, query: Query, **kwargs: Any) -> HttpResponseBase:
        page_id = self._page_id(query)
        if page_id is None:
            raise NotFound
        rest = query.given.copy()
        for name in ("html_path", "id"):
            rest.pop(name, None)
        address = f"{settings.SITE_URL}/api/v2/pages/{page_id}/"
        return HttpResponseRedirect(
            f"{address}?{rest.urlencode()}" if rest else address, headers={"Cache-Control": ASK_FIRST}
        )

    def _page_id(self, query: Query) -> int | None:
        rows = delivered_pages()
        if "html_path" in query:
            rows = rows.filter(url_path__in=url_paths(query.text("html_path")))
        elif "id" in query:
            rows = rows.filter(object_id=whole_number("id", query.text("id"), most=ID_MAX, what="the id of a page"))
        else:
            raise NotFound("Say which page: html_path=/… or id=….")
        return rows.values_list("object_id", flat=True).first()


def url_paths(html_path: str) -> list[str]:
    """Return where in the tree a path of the site leads: below the home page of the language that it starts with."""
    words = [word for word in html_path.split("/") if word]
    homes = {root.language_code: root.root_path for root in Site.get_site_root_paths()}
    language = words[0] if words and words[0] in homes else None
    below = words[1:] if language else words
    home = homes.get(language or settings.LANGUAGE_CODE)
    return [home + "".join(f"{word}/" for word in below)] if home else []
