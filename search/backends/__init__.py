"""Engines behind one protocol. What an engine finds is only ever what may be delivered right now."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from functools import cache
from math import ceil
from typing import Protocol

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from equalcity.core.statements import statement
from search.analysis import Asked, asked_everywhere
from search.documents import Document
from search.embedding import of_query
from search.excerpts import Excerpts
from search.models import Entry
from search.nearest import Meaning, library
from search.query import FACETS, SearchQuery
from search.ranking import Wanted, best_first
from search.spelling import forgiving, standing
from search.synonyms import alike
from search.typed import as_typed

# With fewer results in the reader's language, those in other languages follow.
FEW = 3


class EngineDown(Exception):
    """An engine did not answer, or not as it should. The message says how and holds nothing of what was asked."""


class Widened(Enum):
    """How far a query was opened because nothing held enough of it."""

    NO = ""
    SPELLING = "spelling"  # words that are spelt like those of the query
    BEGINNINGS = "beginnings"  # words that begin like those of the query
    ANY = "any"  # any of the words, or their beginnings


# What is tried in turn until something is found. A slip of the pen is forgiven before, in words that stand nowhere.
LADDER = (Widened.NO, Widened.BEGINNINGS, Widened.ANY)


def ladder(query: SearchQuery) -> tuple[Widened, ...]:
    """Return what is tried in turn: for who wants all words, nothing but them."""
    return LADDER[:1] if query.all_words else LADDER


def enough(asked_for: int, query: SearchQuery, widened: Widened) -> int:
    """Return how many of the things asked for a document must hold to be a result.

    Who describes a need in a sentence meets texts that put it in other words: a third of it is enough, and the order
    says what holds more. What holds less is left out, so that a long sentence does not find everything.
    """
    if query.all_words:
        return asked_for
    return 1 if widened is Widened.ANY else ceil(asked_for / 3)


def page_of(query: SearchQuery, found: Sequence[int], wanted: Wanted) -> list[int]:
    """Return one page of what an engine has found, in the order that all engines share."""
    ordered = best_first(found, wanted, query.language) if wanted.everywhere else found
    return list(ordered[(query.page - 1) * query.size : query.page * query.size])


def meant(query: SearchQuery) -> tuple[Meaning | None, Sequence[int]]:
    """Return what a query means, and the pages in the reader's language that are nearest to that."""
    held = library()
    vector = of_query(query.words) if held.said else None
    if vector is None:
        return None, ()
    return Meaning(vector, held), () if query.all_words else held.nearest(vector, query.language)


@dataclass(frozen=True)
class Hit:
    """One found publication by its primary key; `highlight` is safe HTML and may be empty."""

    publication: int
    highlight: SafeString


@dataclass(frozen=True)
class Results:
    """What an engine answers: one page of hits, and counts over all of them.

    A practice counts once, in the best language for the reader. `own` of `total` are in the reader's language, or in
    the one that the words were typed in, and come first. Facet counts do not regard the facet's own choice: they say
    how many results a value would give. `also` are phrases that were looked for because they mean the same, as editors
    wrote them. `simplified`: another engine than the instance's own answered, because that one could not.
    """

    hits: tuple[Hit, ...]
    total: int
    own: int
    facets: Mapping[str, Mapping[str, int]]
    widened: Widened
    also: tuple[str, ...]
    engine: str
    simplified: bool = False


def hits(publications: Sequence[int], everywhere: Mapping[str, Asked], widened: Widened) -> tuple[Hit, ...]:
    """Return publications with excerpts of their texts, each by what was asked of its language. One query."""
    if not everywhere or not publications:
        return tuple(Hit(pk, SafeString("")) for pk in publications)
    texts = {pk: (language, text) for pk, language, text in _texts(list(publications))}
    prefixes = widened in {Widened.BEGINNINGS, Widened.ANY}
    excerpts = {code: Excerpts(one, prefixes=prefixes) for code, one in everywhere.items()}
    shown = {pk: excerpts[language].of(text) for pk, (language, text) in texts.items()}
    return tuple(Hit(pk, shown.get(pk, SafeString(""))) for pk in publications)


@statement
def _texts(publications: list[int]) -> "QuerySet[Entry, tuple[int, str, str]]":
    return Entry.objects.filter(publication__id__among=publications).values_list("pk", "language", "text")


class Finder(ABC):
    """Who answers searches."""

    name: str

    @abstractmethod
    def search(self, query: SearchQuery) -> Results:
        """Return one page of results; without words, everything that the filters leave."""

    @abstractmethod
    def suggest(self, words: str, language: str, limit: int) -> list[str]:
        """Return titles in `language` that hold the words, the last one as a beginning; best first, each once."""


class Beside(Protocol):
    """An index that is written anew while searches go on in the old one, or in what is there of this one.

    `begun_at` is the cursor from which its changes are to be read; `reached` the highest publication that an
    interrupted attempt had written for certain, 0 for none.
    """

    begun_at: str
    reached: int
    build: str

    def index(self, documents: Iterable[Document]) -> None:
        """Write documents, in place of what is there of the same publications."""

    def remove(self, publications: Collection[int]) -> None:
        """Forget publications."""

    def put_in_place(self, live: Collection[int]) -> int:
        """Let searches find this index and nothing else; return how many publications were forgotten."""


class Backend(Finder):
    """An engine with its index. Documents are known by the primary key of their publication.

    Everything may raise `EngineDown`. `version` names the rules by which texts become words: an index that was
    written by others has to be written anew.
    """

    @property
    @abstractmethod
    def version(self) -> str:
        """Return what the present rules are called, in up to 64 characters."""

    def search(self, query: SearchQuery) -> Results:
        everywhere = asked_everywhere(query.words, alike()) if query.words else []
        if query.words and not everywhere:
            return Results((), 0, 0, {facet: {} for facet in FACETS}, Widened.NO, (), self.name)
        there = standing(everywhere)
        query = as_typed(query, everywhere, there)
        forgiven, forgave = forgiving(everywhere, query.language, there)
        meaning, near = meant(query) if query.words else (None, ())
        return self.answer(query, Wanted(forgiven, forgave, meaning, near))

    @abstractmethod
    def answer(self, query: SearchQuery, wanted: Wanted) -> Results:
        """Return one page of results; the query is in the language that it was typed in.

        Where no word was found, and where all are wanted, nothing is a result by its meaning alone.
        """

    @abstractmethod
    def index(self, documents: Iterable[Document]) -> None:
        """Write documents, in place of what is there of the same publications."""

    @abstractmethod
    def remove(self, publications: Collection[int]) -> None:
        """Forget publications; those that are not there are passed over."""

    @abstractmethod
    def settle(self) -> None:
        """Make sure that what was written is found by the next search."""

    @abstractmethod
    def build(self) -> str:
        """Return the name of the index that searches are answered from; empty if there is none that is whole."""

    @abstractmethod
    def beside(self, begun_at: str) -> Beside:
        """Begin to write the index anew, or go on with an attempt that was interrupted."""

    @abstractmethod
    def writing(self, cursor: int) -> AbstractContextManager[None]:
        """Return what has to be held while changes are read and written; `cursor` is the primary key of its row."""

    @abstractmethod
    def holds(self) -> set[int]:
        """Return the publications that are in the index."""

    @abstractmethod
    def count(self) -> int:
        """Return how many documents are in the index."""


def get_backend() -> Finder:
    """Return who answers the searches of this instance."""
    return _finder(settings.ELASTICSEARCH_URLS)


def engines() -> tuple[Backend, ...]:
    """Return the engines whose index is kept: that of the database, and the search server's where there is one."""
    urls = settings.ELASTICSEARCH_URLS
    return (database_engine(), search_server(urls)) if urls else (database_engine(),)


@cache
def database_engine() -> Backend:
    """Return the engine of this instance's database."""
    if connection.vendor == "postgresql":
        from search.backends.postgresql import PostgreSQL

        return PostgreSQL()
    from search.backends.sqlite import SQLite

    return SQLite()


@cache
def search_server(urls: tuple[str, ...]) -> Backend:
    """Return the engine on these nodes of one Elasticsearch cluster."""
    from search.backends.elasticsearch.engine import Elasticsearch

    return Elasticsearch(urls)


def check_search_server() -> None:
    """Raise `EngineDown` unless the search server answers and holds a whole index."""
    if not search_server(settings.ELASTICSEARCH_URLS).build():
        raise EngineDown("its index is missing")


@cache
def _finder(urls: tuple[str, ...]) -> Finder:
    from search.backends.fallback import Fallback

    return Fallback(search_server(urls), database_engine()) if urls else database_engine()
