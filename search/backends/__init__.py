"""Engines behind one protocol. What an engine finds is only ever what may be delivered right now."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from django.db import connection
from django.utils.safestring import SafeString

from search.documents import Document
from search.query import SearchQuery

# With fewer results in the reader's language, those in other languages follow.
FEW = 3


class Widened(Enum):
    """How far a query was opened because nothing held all its words."""

    NO = ""
    BEGINNINGS = "beginnings"  # words that begin like those of the query
    ANY = "any"  # any of the words, or their beginnings


@dataclass(frozen=True)
class Hit:
    """One found publication by its primary key; `highlight` is safe HTML and may be empty."""

    publication: int
    highlight: SafeString


@dataclass(frozen=True)
class Results:
    """What an engine answers: one page of hits, and counts over all of them.

    A practice counts once, in the best language for the reader. `own` of `total` are in the reader's language and
    come first. Facet counts do not regard the facet's own choice: they say how many results a value would give.
    `also` are phrases that were looked for because they mean the same, as editors wrote them.
    """

    hits: tuple[Hit, ...]
    total: int
    own: int
    facets: Mapping[str, Mapping[str, int]]
    widened: Widened
    also: tuple[str, ...]
    engine: str


class Backend(ABC):
    """An engine. Documents are known by the primary key of their publication."""

    name: str

    @abstractmethod
    def search(self, query: SearchQuery) -> Results:
        """Return one page of results; without words, everything that the filters leave."""

    @abstractmethod
    def suggest(self, words: str, language: str, limit: int) -> list[str]:
        """Return titles in `language` that hold the words, the last one as a beginning; best first, each once."""

    @abstractmethod
    def index(self, documents: Iterable[Document]) -> None:
        """Write documents, in place of what is there of the same publications."""

    @abstractmethod
    def remove(self, publications: Collection[int]) -> None:
        """Forget publications; those that are not there are passed over."""

    @abstractmethod
    def holds(self) -> set[int]:
        """Return the publications that are in the index."""

    @abstractmethod
    def count(self) -> int:
        """Return how many documents are in the index."""


@cache
def get_backend() -> Backend:
    """Return the engine of this instance: that of its database."""
    if connection.vendor == "postgresql":
        from search.backends.postgresql import PostgreSQL

        return PostgreSQL()
    from search.backends.sqlite import SQLite

    return SQLite()
