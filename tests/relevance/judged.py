"""What people look for (`needs.yaml`), what they type (`queries/`), and how well each document answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from equalcity.demo.content import LOADER
from tests.relevance.corpus import HERE, LANGUAGES, real

KINDS = frozenset(
    {
        "accents",  # left out, or written as two letters
        "article",  # Arabic, with or without it
        "compound",  # written as one word here and as several there
        "elision",
        "hamza",  # Arabic spelling variants
        "inflected",
        "keywords",
        "name",
        "other-language",  # than that of the reader
        "own-words",
        "synonym",
        "typo",
    }
)


@dataclass(frozen=True)
class Need:
    """What somebody looks for; `judged` says of documents how well they answer, from 0 to 3, and why."""

    name: str
    description: str
    judged: Mapping[str, tuple[int, str]]
    held_out: bool


@dataclass(frozen=True)
class Query:
    """What somebody types who reads the site in `language`; the words may be of another one."""

    words: str
    language: str
    kind: str
    need: Need
    typed_in: str

    @property
    def grades(self) -> dict[str, int]:
        """The grades of the documents that exist in the reader's language or in that of the words."""
        there = {text.key for language in {self.language, self.typed_in} for text in real(language)}
        return {key: grade for key, (grade, _reason) in self.need.judged.items() if key in there}


@cache
def needs() -> Mapping[str, Need]:
    """Return every need by its name."""
    return {
        name: Need(
            name,
            row["need"],
            {key: (grade, reason) for key, (grade, reason) in row["judged"].items()},
            row.get("held_out", False),
        )
        for name, row in _read("needs.yaml").items()
    }


@cache
def queries() -> tuple[Query, ...]:
    """Return every query of every language."""
    return tuple(query for language in LANGUAGES for query in _queries(language))


def _queries(language: str) -> Iterator[Query]:
    for row in _read(f"queries/{language}.yaml"):
        yield Query(row["query"], language, row["kind"], needs()[row["need"]], row.get("typed_in", language))


def _read(name: str) -> Any:
    return yaml.load((HERE / name).read_text("utf-8"), LOADER)
