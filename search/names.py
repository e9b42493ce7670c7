"""What the terms of all vocabularies are called, in every language of the site."""

from collections import defaultdict

from django.conf import settings
from django.db.models import CharField, Value

from equalcity.core.models.terms import VOCABULARIES
from search.documents import TermNames


def term_names() -> TermNames:
    """Return the names of every term by vocabulary and code. One query."""
    languages = [code for code, _name in settings.LANGUAGES]
    rows = [
        model._default_manager.filter(locale__language_code__in=languages)
        .order_by()
        .values_list(Value(vocabulary, CharField()), "code", "name", "locale__language_code")
        for vocabulary, model in VOCABULARIES.items()
    ]
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    everything = rows[0].union(*rows[1:], all=True)
    for vocabulary, code, name, _language in sorted(everything, key=lambda row: languages.index(row[3])):
        if name:
            found[vocabulary, code].append(name)
    return {term: tuple(dict.fromkeys(names)) for term, names in found.items()}
