"""Glossary words in running text: the first time each stands there it becomes a link to its definition.

The text is HTML that passed the allow-list, and it stays as it is: only whole words between tags are wrapped, nothing
is decoded. Words inside links and headings are left alone. Case, accents and the spelling variants of Arabic (alef
with hamza, vowel signs, tatweel, the article with its prefixes) make no difference; other forms of a word are what
editors list under “also written”.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

TAG = re.compile(r'<(?:[^<>"]|"[^"]*")*>')
NAME = re.compile(r"</?([a-z0-9]+)")
# `\w` alone would end a word at each vowel sign and each accent that stands apart.
WORD = re.compile(r"&#?\w+;|(?:\w[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]*)+")
BETWEEN_WORDS = re.compile(r"(?:[\s\u00a0\u202f'\u2019\u2010\u2011-]|&nbsp;)+")
LEFT_ALONE = frozenset({"a", "h2", "h3", "h4"})
ARABIC_ARTICLE = re.compile(r"^(?:[وفبك]?ال|لل)(?=\w{2})")
ARABIC_LETTERS = str.maketrans({"\u0640": None, "ى": "ي", "ة": "ه"})


@dataclass(frozen=True)
class Word:
    """One entry of a glossary, under the identity that it has in every language."""

    key: str
    word: str
    definition: str
    also: str = ""

    @property
    def spellings(self) -> list[tuple[str, ...]]:
        """Return each way to write it, as folded words."""
        return [found for text in (self.word, *re.split("[,،;؛]", self.also)) if (found := folded(text))]


def fold(word: str) -> str:
    """Return a word without what makes no difference."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return ARABIC_ARTICLE.sub("", plain.translate(ARABIC_LETTERS))


def folded(text: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in WORD.findall(text))


def words_of(entries: Iterable[Any]) -> list[Word]:
    """Return glossary rows as words."""
    return [Word(str(row.translation_key), row.word, row.definition, row.also_known_as) for row in entries]


@dataclass
class Marker:
    """Marks the words of one chapter, text after text; remembers which were met, in their order."""

    words: list[Word]
    prefix: str = ""
    met: list[Word] = field(default_factory=list)
    spellings: dict[str, list[tuple[tuple[str, ...], Word]]] = field(init=False)

    def __post_init__(self) -> None:
        self.spellings = {}
        for word in self.words:
            for spelling in word.spellings:
                self.spellings.setdefault(spelling[0], []).append((spelling, word))
        for found in self.spellings.values():
            # The longest first, so that “safer space” is not taken for “safer”.
            found.sort(key=lambda one: -len(one[0]))

    def mark(self, html: str) -> str:
        """Return clean HTML with links around the words that were not met before."""
        out, inside, end = [], 0, 0
        for tag in TAG.finditer(html):
            text = html[end : tag.start()]
            out.append(text if inside else "".join(self.text(text)))
            name = NAME.match(tag[0])
            if name and name[1] in LEFT_ALONE:
                inside += -1 if tag[0].startswith("</") else 1
            out.append(tag[0])
            end = tag.end()
        out.append("".join(self.text(html[end:])))
        return "".join(out)

    def text(self, text: str) -> Iterator[str]:
        found = [(one.start(), one.end(), fold(one[0])) for one in WORD.finditer(text)]
        done, n = 0, 0
        while n < len(found):
            word, length = self.at(text, found, n)
            if word is None:
                n += 1
                continue
            start, end = found[n][0], found[n + length - 1][1]
            self.met.append(word)
            yield text[done:start]
            yield f'<a class="term" id="{self.prefix}use-{word.key}" href="#{self.prefix}word-{word.key}">'
            yield f"{text[start:end]}</a>"
            done, n = end, n + length
        yield text[done:]

    def at(self, text: str, found: list[tuple[int, int, str]], n: int) -> tuple[Word | None, int]:
        """Return the new word that begins at the n-th word of the text, and how many words it takes."""
        for spelling, word in self.spellings.get(found[n][2], ()):
            here = found[n : n + len(spelling)]
            if word in self.met or tuple(one[2] for one in here) != spelling:
                continue
            gaps = (text[left[1] : right[0]] for left, right in pairwise(here))
            if all(BETWEEN_WORDS.fullmatch(gap) for gap in gaps):
                return word, len(spelling)
        return None, 0
