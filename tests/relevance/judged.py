"""What people look for (`needs.yaml`), what they type (`queries/`), and how well each document answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
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
    return _needs(HERE)


@cache
def queries() -> tuple[Query, ...]:
    """Return every query of every language."""
    return _queries(HERE, needs())


@cache
def harder() -> tuple[Query, ...]:
    """Return queries in the words of people who know none of the documents. They are reported by themselves."""
    return _queries(HERE / "harder", _needs(HERE / "harder"))


def _needs(folder: Path) -> dict[str, Need]:
    return {
        name: Need(
            name,
            row["need"],
            {key: (grade, reason) for key, (grade, reason) in row["judged"].items()},
            row.get("held_out", False),
        )
        for name, row in _read(folder / "needs.yaml").items()
    }


def _queries(folder: Path, judged: Mapping[str, Need]) -> tuple[Query, ...]:
    return tuple(
        Query(row["query"], language, row["kind"], judged[row["need"]], row.get("typed_in", language))
        for language in LANGUAGES
        for row in _read(folder / "queries" / f"{language}.yaml")
    )


def _read(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), LOADER)
