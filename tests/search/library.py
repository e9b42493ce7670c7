"""Making what was published findable, and asking for it in short."""

from typing import Any

from equalcity.publication.models import Publication
from equalcity.publication.record import record
from search import indexer
from search.backends import Results, engines, get_backend
from search.query import SearchQuery


def settle() -> None:
    """Record every mark and bring the index up to date."""
    record()
    for engine in engines():
        indexer.update(engine=engine)


def ask(
    words: str = "", language: str = "en", /, *, page: int = 1, size: int = 10, all_words: bool = False, **filters: Any
) -> Results:
    """Search: `ask("counter", "fr", city="rome", language=["fr", "nl"])`."""
    chosen = {facet: tuple([value] if isinstance(value, str) else value) for facet, value in filters.items()}
    results = get_backend().search(SearchQuery(words, language, chosen, page, size, all_words))
    assert results.engine == engines()[-1].name, "another engine answered"
    return results


def titles(results: Results) -> list[str]:
    """Return the titles of the hits in their order."""
    names = dict(Publication.objects.values_list("pk", "title"))
    return [names[hit.publication] for hit in results.hits]
