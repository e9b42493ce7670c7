"""The visitors' search as JSON."""

from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from search import facets
from search.backends import get_backend
from search.facets import Known
from search.find import Result, find
from search.nearby import nearby
from search.query import BadQuery, SearchQuery, parse, sound_words

SUGGESTIONS = 8
LISTED = ("type", "detail_url", "html_url", "slug", "first_published_at", "locale", "key", "origin", "modified_at",
          "example", "machine_translated")  # fmt: skip


def search_json(data: QueryDict) -> dict[str, Any]:
    """Answer `q`, `locale`, the facets and `page`, under the names of the page. Raises `BadQuery`.

    Every item is as in `pages/`, with `summary`, `highlight` (HTML in which only `mark` occurs) and
    `meta.matched_locale`; `pinned` are items that editors put before all others. `facets` holds for each facet its
    values with name and count.
    """
    language = _language(data)
    known = facets.known(language)
    query = parse(data, language, known.labels)
    found = find(query, known)
    return {
        "meta": {
            "total_count": found.counts.total,
            "page": query.page,
            "page_size": query.size,
            "widened": found.counts.widened.value,
            "also": list(found.counts.also),
        },
        "pinned": [_item(result) for result in found.pinned],
        "items": [_item(result) for result in found.results],
        "facets": _facets(query, known, found.counts.facets),
        "suggestions": nearby(query) if query.words and not found.counts.total else [],
        "engine": found.counts.engine,
    }


def suggest_json(data: QueryDict) -> dict[str, Any]:
    """Answer the beginning of a title in `q` with titles in `locale`. Raises `BadQuery`."""
    language = _language(data)
    return {"suggestions": get_backend().suggest(sound_words(data.get("q", "")), language, SUGGESTIONS)}


def _item(result: Result) -> dict[str, Any]:
    meta = result.document["meta"]
    return {
        "id": result.document["id"],
        "meta": {**{name: meta[name] for name in LISTED if name in meta}, "matched_locale": result.locale},
        "title": result.title,
        "summary": result.summary,
        "highlight": result.highlight,
    }


def _facets(query: SearchQuery, known: Known, counts: Any) -> dict[str, list[dict[str, Any]]]:
    return {
        facet: [
            {"value": value, "label": label, "count": counts[facet].get(value, 0)}
            for value, label in labels.items()
            if value in counts[facet] or value in query.chosen(facet)
        ]
        for facet, labels in known.labels.items()
    }


def _language(data: QueryDict) -> str:
    given = data.get("locale") or settings.LANGUAGE_CODE
    if given not in dict(settings.LANGUAGES):
        raise BadQuery(_("This site has no such language."))
    return given
