"""What a visitor asks for: read from the parameters of an address or form, and written back.

Everything from outside is refused here with a sentence for a person, so that engines meet only sound queries.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

FACETS = ("type", "city", "theme", "audience", "role", "engagement", "service", "setting", "evidence", "language")
MAX_CHARACTERS = 300
MAX_VALUES = 20  # chosen in one facet
MAX_PAGE = 500
PAGE_SIZE = 10

# Unicode categories: control characters and lone surrogates have no place in words.
REFUSED = {"Cc", "Cs"}


class BadQuery(ValueError):
    """The query cannot be answered as it is; the message is for the person who asked, and holds none of it."""


@dataclass(frozen=True)
class SearchQuery:
    """One search. `language` is the reader's; `filters` holds the chosen values of each facet that has any.

    Values of one facet widen (OR), facets narrow (AND). `page` counts from 1. `all_words`: what lacks one is no result.
    """

    words: str = ""
    language: str = "en"
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1
    size: int = PAGE_SIZE
    all_words: bool = False

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Return the chosen values of a facet."""
        return self.filters.get(facet, ())

    def toggle(self, facet: str, value: str) -> "SearchQuery":
        """Return the query with one facet value added or removed, from its first page."""
        before = self.chosen(facet)
        after = tuple(one for one in before if one != value) if value in before else (*before, value)
        filters = {name: self.chosen(name) if name != facet else after for name in FACETS}
        return replace(self, filters={name: values for name, values in filters.items() if values}, page=1)

    def at(self, page: int) -> "SearchQuery":
        """Return the query for another page of its results."""
        return replace(self, page=page)

    def distance(self, locale: str) -> int:
        """Return how far a language is from the reader's: own 0, then the site's order."""
        others = [code for code, _name in settings.LANGUAGES if code != self.language]
        order = [self.language, *others]
        return order.index(locale) if locale in order else len(order)

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The query as parameters of an address, always in the same order."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [(facet, value) for facet in FACETS for value in self.chosen(facet)]
        return [*pairs, ("page", str(self.page))] if self.page > 1 else pairs

    @property
    def encoded(self) -> str:
        """The parameters as a query string, without a question mark."""
        data = QueryDict(mutable=True)
        for name, value in self.parameters:
            data.appendlist(name, value)
        return data.urlencode()


def parse(data: QueryDict, language: str, known: Mapping[str, Collection[str]]) -> SearchQuery:
    """Read a query; `known` names the values that each facet may take. Raises `BadQuery`.

    Parameters that are no part of a search are passed over.
    """
    return SearchQuery(
        words=sound_words(data.get("q", "")),
        language=language,
        filters={facet: values for facet in FACETS if (values := _values(data, facet, known[facet]))},
        page=_page(data.get("page", "")),
    )


def sound_words(given: str) -> str:
    """Return the words of a search box, white space made simple. Raises `BadQuery`."""
    if len(given) > MAX_CHARACTERS:
        raise BadQuery(
            _("Your text is longer than %(most)d characters. Shorten it and search again.") % {"most": MAX_CHARACTERS}
        )
    simple = " ".join(given.split())
    if any(unicodedata.category(character) in REFUSED for character in simple):
        raise BadQuery(_("Your text holds characters that cannot be searched for. Type it again."))
    return simple


def _values(data: QueryDict, facet: str, known: Collection[str]) -> tuple[str, ...]:
    values = data.getlist(facet)
    if len(values) > MAX_VALUES:
        raise BadQuery(_("Choose at most %(most)d values of one filter.") % {"most": MAX_VALUES})
    chosen = _once(value for value in values if value)
    if any(value not in known for value in chosen):
        raise BadQuery(_("One of the filters does not exist. Remove the filters and search again."))
    return chosen


def _page(given: str) -> int:
    if not given:
        return 1
    if not (given.isascii() and given.isdigit() and len(given) <= len(str(MAX_PAGE))):
        raise BadQuery(_("The number of the page must be a whole number."))
    if not 1 <= int(given) <= MAX_PAGE:
        raise BadQuery(_("The number of the page must lie between 1 and %(most)d.") % {"most": MAX_PAGE})
    return int(given)


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
