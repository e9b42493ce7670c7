"""Pages that editors pin to a search in the CMS (Settings, Promoted search results).

Read and never written: Wagtail's tables could also count what visitors search for, and nothing here may do that
(safety rule 1). A pin holds for the same words however they are written, and whatever the engine.
"""

from uuid import UUID

from django.db.models import QuerySet
from wagtail.contrib.search_promotions.models import SearchPromotion

from equalcity.core.statements import statement
from equalcity.publication.models import Publication
from equalcity.publication.predicate import delivered
from search.analysis import words
from search.query import SearchQuery


def pinned(query: SearchQuery) -> list[Publication]:
    """Return the public pages that are pinned to these words, each in its best language, in the editors' order.

    Filters ask another question: with any of them nothing is pinned. One database query, two where there are pins.
    """
    asked = tuple(words(query.words))
    if not asked or query.filters:
        return []
    keys = list(dict.fromkeys(key for written, key in _pins() if tuple(words(written)) == asked))
    best: dict[UUID, Publication] = {}
    for row in _versions(keys) if keys else []:
        best[row.key] = min(best.get(row.key, row), row, key=lambda one: (query.distance(one.locale), one.pk))
    return [best[key] for key in keys if key in best]


@statement
def _pins() -> "QuerySet[SearchPromotion, tuple[str, UUID]]":
    pins = SearchPromotion.objects.exclude(page=None).order_by("sort_order", "pk")
    return pins.values_list("query__query_string", "page__translation_key")


def _versions(keys: list[UUID]) -> "QuerySet[Publication]":
    return delivered(Publication.objects.filter(kind="page", original=None, key__in=keys)).select_related("body")
