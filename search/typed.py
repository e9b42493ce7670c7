"""In which language words were typed: whoever reads the site in one may ask in another.

A language knows a word that stands in one of its texts that anybody may read (safety rule 4) or in one of its sets of
words that mean the same, or that says nothing in it. Names of terms do not count: they stand with a page in all
languages.
"""

from collections.abc import Sequence, Set
from dataclasses import replace

from search.analysis import MAX_WORDS, Asked, language, marked, stem, words
from search.query import SearchQuery
from search.spelling import SHORTEST, Key


def as_typed(query: SearchQuery, everywhere: Sequence[Asked], there: Set[Key]) -> SearchQuery:
    """Return the query as of a reader of the language that its words are of.

    That is the reader's own unless another one knows more of the words, and the own one at most half. Who chose
    languages is left in them. `everywhere` is the query as in each language, `there` what of it stands somewhere.
    """
    stops = frozenset[str]().union(*(language(one.language).stop for one in everywhere))
    given = list(dict.fromkeys(words(query.words)))[:MAX_WORDS]
    telling = [word for word in given if len(word) >= SHORTEST or word in stops]
    known = {one.language: _known(one, telling, there) for one in everywhere}
    best = max(known, key=lambda code: (known[code], code == query.language), default=query.language)
    own = known.get(query.language, 0)
    if query.chosen("language") or own >= known.get(best, 0) or 2 * own > len(telling):
        return query
    return replace(query, language=best)


def _known(asked: Asked, telling: Sequence[str], there: Set[Key]) -> int:
    """Return how many of the words a language knows."""
    code = asked.language
    own = language(code).stop | {word for group in asked.groups if group.alike for word, _stem in group.words}
    return sum(
        word in own or not there.isdisjoint({(code, word), (code, marked(stem(word, code)))}) for word in telling
    )
