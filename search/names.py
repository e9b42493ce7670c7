"""What the terms of all vocabularies are called."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from django.conf import settings
from django.db.models import CharField, Value

from equalcity.core.models import City
from equalcity.core.models.terms import VOCABULARIES
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
    rows = [
        model._default_manager.filter(locale__language_code__in=languages)
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
    everything = rows[0].union(*rows[1:], all=True)
    return sorted((Named(*row) for row in everything), key=lambda term: (term.order, term.code))


def term_names() -> TermNames:
    """Return the names of every term in all languages of the site, by vocabulary and code. One query."""
    languages = [code for code, _name in settings.LANGUAGES]
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for term in sorted(named_terms(languages), key=lambda term: languages.index(term.language)):
        if term.name:
            found[term.vocabulary, term.code].append(term.name)
    return {term: tuple(dict.fromkeys(names)) for term, names in found.items()}
