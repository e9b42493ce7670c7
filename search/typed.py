"""In which language words were typed: whoever reads the site in one may ask in another.

A language knows a word that stands in one of its texts that anybody may read (safety rule 4), or that says nothing in
it. Names of terms do not count: they stand with a page in all languages.
"""

from collections.abc import Set
from dataclasses import replace

from django.conf import settings

from search.analysis import MAX_WORDS, language, marked, stem, words
from search.query import SearchQuery
from search.spelling import SHORTEST, Key


def as_typed(query: SearchQuery, there: Set[Key]) -> SearchQuery:
    """Return the query as a reader of the language would put it that its words are of; `there` is what of them stands.

    That is the reader's own language unless another one knows more of the words, and the own one at most half. Who
    chose languages is left in them.
    """
    codes = [code for code, _name in settings.LANGUAGES]
    given = list(dict.fromkeys(words(query.words)))[:MAX_WORDS]
    telling = [word for word in given if len(word) >= SHORTEST or any(word in language(code).stop for code in codes)]
    known = {code: sum(_knows(code, word, there) for word in telling) for code in codes}
    best = max(codes, key=lambda code: (known[code], code == query.language))
    own = known.get(query.language, 0)
    if query.chosen("language") or own >= known[best] or 2 * own > len(telling):
        return query
    return replace(query, language=best)


def _knows(code: str, word: str, there: Set[Key]) -> bool:
    return word in language(code).stop or not there.isdisjoint({(code, word), (code, marked(stem(word, code)))})
