"""What is measured, each as one function: a query -> the keys of the documents found, best first."""

import random
from collections.abc import Callable, Mapping, Sequence

from wagtail.search.backends import get_search_backend

from equalcity.publication.models import Publication
from home.models import StandardPage
from search.backends import Backend
from search.query import SearchQuery
from tests.factories import locale
from tests.relevance.corpus import SEED, corpus
from tests.relevance.judged import Query
from tests.relevance.metrics import DEPTH

Ask = Callable[[Query], Sequence[str]]


def ours(backend: Backend, keys: Mapping[int, str]) -> Ask:
    """Return the engine behind `Backend`, asked as the site asks it; `keys` are those of the pages."""
    pages = dict(Publication.objects.values_list("pk", "object_id"))

    def ask(query: Query) -> list[str]:
        results = backend.search(SearchQuery(query.words, query.language, size=DEPTH))
        return [keys[pages[hit.publication] or 0] for hit in results.hits][:DEPTH]

    return ask


def stock(keys: Mapping[int, str], operator: str) -> Ask:
    """Return Wagtail's database search over the same pages: title, summary, other words and text.

    It is asked as the search view of `wagtail start` does, `.search(words)`, here among the pages of the reader's
    language; its operator is "and" where none is named.
    """
    backend = get_search_backend()
    index = backend.get_index_for_model(StandardPage)
    index.add_items(StandardPage, list(StandardPage.objects.filter(pk__in=keys)))

    def ask(query: Query) -> list[str]:
        pages = StandardPage.objects.live().filter(locale=locale(query.language))
        return [keys[page.pk] for page in backend.search(query.words, pages, operator=operator)[:DEPTH]]

    return ask


def by_chance(seed: int = SEED) -> Ask:
    """Return the documents of the reader's language in an order drawn for each query."""
    by_language: dict[str, list[str]] = {}
    for text in corpus():
        by_language.setdefault(text.language, []).append(text.key)

    def ask(query: Query) -> list[str]:
        return random.Random(f"{seed}/{query.language}/{query.words}").sample(by_language[query.language], DEPTH)

    return ask
