"""Words that mean the same, kept by editors and used in the query: a change acts at once, without a rebuild."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings
from django.db.models import QuerySet

from equalcity.core.statements import statement
from search.analysis import Alike, phrase
from search.models import Synonyms


def alike() -> Mapping[str, Alike]:
    """Return for each language which phrases mean the same. One query."""
    return _prepared(tuple(_sets()), tuple(code for code, _name in settings.LANGUAGES))


@statement
def _sets() -> "QuerySet[Synonyms, tuple[str, str]]":
    return Synonyms.objects.order_by("pk").values_list("language", "words")


@lru_cache(maxsize=2)
def _prepared(rows: tuple[tuple[str, str], ...], languages: tuple[str, ...]) -> Mapping[str, Alike]:
    """Stem the phrases of every set for every language that it speaks of; kept until an editor changes one."""
    return {code: _of_language([words for spoken, words in rows if spoken in {"", code}], code) for code in languages}


def _of_language(sets: list[str], code: str) -> Alike:
    found: dict[tuple[str, ...], dict[tuple[str, ...], str]] = defaultdict(dict)
    for one in sets:
        written = {phrase(words, code): words for words in Synonyms.split(one) if phrase(words, code)}
        for stems in written:
            # Of several spellings of a phrase the first is shown.
            found[stems] |= {
                other: found[stems].get(other, words) for other, words in written.items() if other != stems
            }
    return {stems: tuple(others.items()) for stems, others in found.items() if others}
