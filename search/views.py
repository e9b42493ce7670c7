"""The visitors' search. Words travel sealed: no address, title or log line holds them (safety rule 1)."""

from collections.abc import Callable
from http import HTTPStatus
from math import ceil
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from equalcity.core.origin import same_origin
from equalcity.core.sealed import SeeOther
from search import facets
from search.backends import get_backend
from search.facets import Known
from search.find import Found, find
from search.nearby import nearby
from search.query import FACETS, MAX_PAGE, BadQuery, SearchQuery, parse, sound_words
from search.sealed import Expired, seal, unseal

SUGGESTIONS = 8

Address = Callable[[SearchQuery], str]


@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """The search page; a form is answered with the way to its sealed search."""
    known = facets.known(_language())
    sealed = request.GET.get("s") if request.method != "POST" else None
    try:
        data = request.POST if request.method == "POST" else unseal(sealed) if sealed else request.GET
        query = parse(data, _language(), known.labels)
    except Expired:
        return _page(request, {"expired": True})
    except BadQuery as problem:
        return _page(request, {"problem": str(problem)}, HTTPStatus.BAD_REQUEST)
    if request.method == "POST":
        return SeeOther(_sealed_address(query))
    found = find(query, known)
    return _page(request, _context(query, known, found, _sealed_address if sealed else _plain_address))


@same_origin
@require_POST
def suggest(request: HttpRequest) -> JsonResponse:
    """Titles that begin like what is being typed."""
    try:
        words = sound_words(request.POST.get("q", ""))
    except BadQuery as problem:
        return JsonResponse({"suggestions": [], "problem": str(problem)}, status=HTTPStatus.BAD_REQUEST)
    return JsonResponse({"suggestions": get_backend().suggest(words, _language(), SUGGESTIONS)})


def _context(query: SearchQuery, known: Known, found: Found, address: Address) -> dict[str, Any]:
    """Return what the template shows; every link keeps to the kind of address that the visitor came with."""
    pages = min(ceil(found.counts.total / query.size), MAX_PAGE)
    return {
        "query": query.words,
        "results": found.own,
        "other_results": found.others,
        "pinned": found.pinned,
        "total": found.counts.total,
        "widened": found.counts.widened.value,
        "simplified": found.counts.simplified,
        "also": found.counts.also,
        "facets": _groups(query, known, found, address),
        "chips": [
            {"label": known.labels[facet][value], "url_remove": address(query.toggle(facet, value))}
            for facet in FACETS
            for value in query.chosen(facet)
        ],
        "share_url": f"{settings.SITE_URL}{_plain_address(query)}" if query.parameters else "",
        "pages": {
            "number": query.page,
            "count": pages,
            "previous_url": address(query.at(min(query.page - 1, max(pages, 1)))) if query.page > 1 else "",
            "next_url": address(query.at(query.page + 1)) if query.page < pages else "",
        },
        "suggestions": nearby(query) if query.words and not found.counts.total else [],
    }


def _groups(query: SearchQuery, known: Known, found: Found, address: Address) -> list[dict[str, Any]]:
    """Return the facets with every value that leads somewhere or is chosen."""
    return [
        {
            "name": facet,
            "label": title,
            "options": [
                {
                    "value": value,
                    "label": label,
                    "count": found.counts.facets[facet].get(value, 0),
                    "selected": value in query.chosen(facet),
                    "url_toggle": address(query.toggle(facet, value)),
                }
                for value, label in known.labels[facet].items()
                if value in found.counts.facets[facet] or value in query.chosen(facet)
            ],
        }
        for facet, title in facets.titles().items()
    ]


def _page(request: HttpRequest, context: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    return render(request, "search/search.html", {"form_action": reverse("search:search"), **context}, status=status)


def _plain_address(query: SearchQuery) -> str:
    return f"{reverse('search:search')}?{query.encoded}" if query.parameters else reverse("search:search")


def _sealed_address(query: SearchQuery) -> str:
    return f"{reverse('search:search')}?s={seal(query)}" if query.parameters else reverse("search:search")


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
