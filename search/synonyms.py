# ruff: noqa: S608 - the statements hold fixed names only
"""Words that mean the same, kept by editors and used in the query: a change acts at once, without a rebuild."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings
from django.db import connection

from search.analysis import Alike, phrase
from search.models import Synonyms

# Signs that nobody types, between two sets and between a set's language and its words.
SETS, LANGUAGE = "\x1e", "\x1f"
JOIN = {
    "postgresql": f"SELECT string_agg(language || '{LANGUAGE}' || words, '{SETS}' ORDER BY id) FROM search_synonyms",
    "sqlite": f"SELECT group_concat(language || '{LANGUAGE}' || words, '{SETS}') FROM "
    "(SELECT language, words FROM search_synonyms ORDER BY id)",
}


def alike() -> Mapping[str, Alike]:
    """Return for each language which phrases mean the same. One query, of a single row: there are many sets."""
    with connection.cursor() as cursor:
        cursor.execute(JOIN[connection.vendor])
        [(joined,)] = cursor.fetchall()
    return _prepared(joined or "", tuple(code for code, _name in settings.LANGUAGES))


@lru_cache(maxsize=2)
def _prepared(joined: str, languages: tuple[str, ...]) -> Mapping[str, Alike]:
    """Stem the phrases of every set for every language that it speaks of; kept until an editor changes one."""
    rows = [one.split(LANGUAGE, 1) for one in joined.split(SETS) if one]
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
