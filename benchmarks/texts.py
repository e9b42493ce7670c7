"""Texts of generated practices: the demonstration's own sentences, drawn anew, in the shape of its practices.

Each practice follows one of the demonstration's (as many steps, paragraphs, list lines and rows as that one has),
so that sizes are those of real content; the same seed gives the same words.
"""

import random
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from equalcity.demo.content import PageRecord, pages, terms

SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
TAGLESS = re.compile(r"\s+")
# Fields that hold no words to draw: identities and references.
KEPT = {"id", "slug", "page"}


@dataclass(frozen=True)
class Library:
    """The demonstration, read once: practices as models, sentences by language, codes by vocabulary."""

    practices: tuple[PageRecord, ...]
    sentences: dict[str, tuple[str, ...]]
    codes: dict[str, tuple[str, ...]]


@cache
def library() -> Library:
    """Read the demonstration's files."""
    records = pages()
    found: dict[str, dict[str, None]] = {}
    for record in records:
        for language, text in record.texts.items():
            into = found.setdefault(language, {})
            for words in strings(text):
                into.update(dict.fromkeys(sentences_of(words)))
    codes: dict[str, list[str]] = {}
    for term in terms():
        codes.setdefault(term.vocabulary, []).append(term.code)
    return Library(
        practices=tuple(record for record in records if record.type == "practice"),
        sentences={language: tuple(into) for language, into in found.items()},
        codes={vocabulary: tuple(some) for vocabulary, some in codes.items()},
    )


def practice(number: int, parent: str, city: str, related: list[str], languages: list[str], seed: int) -> PageRecord:
    """Return generated practice `number` with texts in every language, as if it stood in the demonstration's files."""
    known = library()
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - the same words each time, no secret
    model = known.practices[number % len(known.practices)]
    shared = {
        **model.shared,
        "city": city,
        "related": related,
        "evidence_level": chance.choice(("promising", "good", "best")),
        "months": chance.randint(1, 24),
    }
    for name in ("target_groups", "themes", "settings", "roles"):
        codes = known.codes[name.removesuffix("s")]
        shared[name] = sorted(chance.sample(codes, min(len(codes), max(1, len(model.shared.get(name, []))))))
    texts = {}
    for language in languages:
        text = Drawing(chance, known.sentences[language]).like(model.texts["en"])
        text["title"] = f"{short(text['title'])} ({number})"
        text["slug"] = f"practice-{number}"
        texts[language] = text
    return PageRecord(f"bench-{number}", "practice", parent, shared, texts)


@dataclass(frozen=True)
class Drawing:
    """Draws words that have the shape of other words."""

    chance: random.Random
    sentences: tuple[str, ...]

    def like(self, value: Any, name: str = "") -> Any:
        """Return new words for every text in `value`, which may be nested."""
        match value:
            case dict():
                return {inner: self.like(one, inner) for inner, one in value.items()}
            case list():
                return [self.like(one, name) for one in value]
            case str() if name not in KEPT:
                return "\n\n".join(self._block(block) for block in re.split(r"\n\s*\n", value.strip()))
            case _:
                return value

    def _block(self, block: str) -> str:
        lines = [("- " if line.startswith("- ") else "", line.removeprefix("- ")) for line in block.split("\n")]
        return "\n".join(mark + self._words(len(line)) for mark, line in lines)

    def _words(self, length: int) -> str:
        words = self.chance.choice(self.sentences)
        while len(words) < length * 0.8:
            words = f"{words} {self.chance.choice(self.sentences)}"
        # Columns have limits, so no text is much longer than the one whose shape it takes.
        return words if len(words) <= length * 1.2 else words[: max(length, 8)].rpartition(" ")[0] or words[:length]


def short(title: str) -> str:
    return title[:100].rstrip(" .,")


def strings(value: Any, name: str = "") -> list[str]:
    """Return every text in `value`, which may be nested."""
    match value:
        case dict():
            return [text for inner, one in value.items() for text in strings(one, inner)]
        case list():
            return [text for one in value for text in strings(one, name)]
        case str() if name not in KEPT:
            return [value]
        case _:
            return []


def sentences_of(words: str) -> list[str]:
    """Return the sentences of a text that are long enough to be sentences."""
    plain = (TAGLESS.sub(" ", line.removeprefix("- ")).strip() for line in words.split("\n"))
    return [sentence for line in plain for sentence in SENTENCE_END.split(line) if len(sentence) > 15]
