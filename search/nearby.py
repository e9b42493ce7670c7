"""Words that exist, for a search that found nothing."""

from difflib import get_close_matches

from equalcity.publication.models import Publication
from equalcity.publication.predicate import delivered
from search.analysis import WORD, fold, language
from search.query import SearchQuery

MOST = 3
ALIKE = 0.75  # as difflib measures it: 1 is the same word
TITLES = 2000  # that are looked at
SHORTEST = 4  # letters of a word that is worth offering


def nearby(query: SearchQuery) -> list[str]:
    """Return up to `MOST` words of public titles in the reader's language that are spelt like those asked for."""
    titles = delivered(Publication.objects.filter(kind="page", original=None, locale=query.language))
    words = {
        fold(word): word
        for title in titles.order_by("pk").values_list("title", flat=True)[:TITLES]
        for word in WORD.findall(title)
        if len(word) >= SHORTEST
    }
    candidates = sorted(words.keys() - language(query.language).stop)
    alike = [
        words[match]
        for asked in WORD.findall(query.words)[:MOST]
        for match in get_close_matches(fold(asked), candidates, MOST, ALIKE)
    ]
    return list(dict.fromkeys(alike))[:MOST]
