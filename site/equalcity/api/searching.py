"""`search/`, the visitors' search as JSON, and the parameter `search` of `pages/`."""

from typing import Any

from django.conf import settings
from django.db.models import Case, When
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from equalcity.api.answers import NEVER_KEEP, json_answer
from equalcity.api.endpoint import Endpoint
from equalcity.api.listing import ranked_locales
from equalcity.api.parameters import Parameter, Query
from equalcity.api.problems import BadParameter, BadSearch
from equalcity.api.slices import PageListing, Slice, slice_of_pages
from search.api import search_json, suggest_json
from search.backends import Widened, get_backend
from search.query import FACETS, BadQuery, SearchQuery, sound_words

# How many of the best matches the other filters of `pages/` choose from.
BEST = 200

SEARCH = Parameter(
    "search",
    f"Words to find; the {BEST} best matches, best first, each page once in the language nearest to `locale`.",
)
OPERATOR = Parameter(
    "search_operator",
    "`and`: all words must be there. `or`, and without it: a third of them is enough, what holds more comes first.",
    {"type": "string", "enum": ["and", "or"]},
)


def slice_found(pages: PageListing, query: Query, offset: int, limit: int) -> Slice:
    """Read some of the pages; with `search` of those that its words find, best first unless another order is asked for.

    Raises `BadParameter`.
    """
    operator = query.text("search_operator", "or")
    if operator not in {"and", "or"}:
        raise BadParameter("search_operator", "It must be and or or.")
    if "search" not in query:
        return pages.slice(offset, limit)
    try:
        words = sound_words(query.text("search"))
    except BadQuery as error:
        raise BadParameter("search", str(error)) from error
    found = _best(words, ranked_locales(query), all_words=operator == "and") if words else []
    rows = pages.rows().filter(pk__in=found)
    if found and not query.text("order"):
        rows = rows.order_by(Case(*(When(pk=pk, then=rank) for rank, pk in enumerate(found))))
    return slice_of_pages(rows, offset, limit)


def _best(words: str, locales: list[str], *, all_words: bool) -> list[int]:
    languages = tuple(locales or dict(settings.LANGUAGES))
    results = get_backend().search(
        SearchQuery(
            words,
            locales[0] if locales else settings.LANGUAGE_CODE,
            filters={"language": languages},
            size=BEST,
            all_words=all_words,
        )
    )
    if all_words and results.widened is not Widened.NO:
        return []
    return [hit.publication for hit in results.hits]


class Search(Endpoint):
    name = "search"
    summary = "Search as visitors do"
    gives = {"application/json": "SearchResults"}
    parameters = (
        Parameter("q", "Words to find, up to 300 characters."),
        Parameter("locale", "Language of the reader.", {"type": "string", "example": "fr"}),
        *(Parameter(facet, "One value of this facet; several widen the choice.", repeatable=True) for facet in FACETS),
        Parameter("page", "Which ten results, from 1.", {"type": "integer", "minimum": 1, "maximum": 500}),
    )

    def answer(self, request: HttpRequest, query: Query, **kwargs: Any) -> HttpResponseBase:
        try:
            found = search_json(query.given)
        except BadQuery as error:
            raise BadSearch(str(error)) from error
        # What somebody searched for stays in no cache.
        return json_answer(request, found, cache_control=NEVER_KEEP)


class Suggest(Endpoint):
    name = "suggest"
    summary = "Titles that begin like what is being typed"
    gives = {"application/json": "Suggestions"}
    parameters = (
        Parameter("q", "The beginning of a title, up to 300 characters."),
        Parameter("locale", "Language of the reader.", {"type": "string", "example": "fr"}),
    )

    def answer(self, request: HttpRequest, query: Query, **kwargs: Any) -> HttpResponseBase:
        try:
            found = suggest_json(query.given)
        except BadQuery as error:
            raise BadSearch(str(error)) from error
        return json_answer(request, found, cache_control=NEVER_KEEP)
