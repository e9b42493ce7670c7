"""What the terms of all vocabularies are called."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import CharField, QuerySet, Value

from equalcity.core.models import City
from equalcity.core.models.terms import VOCABULARIES
from equalcity.core.statements import statement
from search.documents import TermNames


class Named(NamedTuple):
    """A term in one language; `order` is its place in its vocabulary, `accent` the colour of a city."""

    vocabulary: str
    order: int
    code: str
    name: str
    accent: str
    language: str


def named_terms(languages: Collection[str]) -> list[Named]:
    """Return the terms of all vocabularies in some languages, by their order. One query."""
    found = (Named(*row) for row in _every_term(sorted(languages)))
    return sorted(found, key=lambda term: (term.order, term.code))


@statement
def _every_term(languages: list[str]) -> "QuerySet[Any, Any]":
    rows = [
        model._default_manager.filter(locale__language_code__among=languages)
        .order_by()
        .values_list(
            Value(vocabulary, CharField()),
            "sort_order",
            "code",
            "name",
            "accent" if model is City else Value("", CharField()),
            "locale__language_code",
        )
        for vocabulary, model in VOCABULARIES.items()
    ]
    return rows[0].union(*rows[1:], all=True)


def term_names() -> TermNames:
    """Return the names of every term in all languages of the site, by vocabulary and code. One query."""
    languages = [code for code, _name in settings.LANGUAGES]
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for term in sorted(named_terms(languages), key=lambda term: languages.index(term.language)):
        if term.name:
            found[term.vocabulary, term.code].append(term.name)
    return {term: tuple(dict.fromkeys(names)) for term, names in found.items()}
