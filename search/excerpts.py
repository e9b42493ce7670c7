"""The part of a text that shows why it was found, with the found words in `<mark>`.

Made here and not by the engines: their indexes hold folded words, and readers are to see the text as it was
written, accents and all.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis import LONGEST_WORD, WORD, Asked, beginnings, fold, split, stem

LENGTH = 220  # characters of the stretch that is shown
MARGIN = 60  # of these, characters before the first found word
MOST = 300  # found words that are looked at
LONGEST = 8  # words of a phrase that means the same

Found = list[tuple[int, int, int]]


class Read(NamedTuple):
    """What is known of a word: its stem, and the groups of the query that it answers.

    With the number of a group comes the phrase that the word has to begin; an empty one where the word is enough.
    """

    stem: str
    answers: tuple[tuple[int, tuple[str, ...]], ...]


class Excerpts:
    """Shows why texts of one language were found. Each word is looked at once, however many texts hold it.

    `prefixes`: words that only begin like a word of the query count as well.
    """

    def __init__(self, asked: Asked, *, prefixes: bool = False) -> None:
        self.asked = asked
        self.prefixes = prefixes
        self.read = cache(self._read)

    def of(self, text: str) -> SafeString:
        """Return safe HTML: the stretch of `text` with most different words of the query; empty if it holds none."""
        found = list(islice(self._found(text), MOST))
        if not found:
            return SafeString("")
        text = text.replace("\n", " ")
        best = max(range(len(found)), key=lambda n: (_worth(found, n), -n))
        start, end = _stretch(text, found[best][0])
        pieces, at = ["… " if start else ""], start
        for begins, ends, _group in found:
            if start <= begins and ends <= end:
                pieces += [escape(text[at:begins]), f"<mark>{escape(text[begins:ends])}</mark>"]
                at = ends
        pieces += [escape(text[at:end]), " …" if end < len(text) else ""]
        return mark_safe("".join(pieces))  # noqa: S308 - every piece of the text was escaped above

    def _found(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield start, end and number in the query of every found word or phrase."""
        words = list(WORD.finditer(text))
        after = 0
        for at, match in enumerate(words):
            answers = self.read(match[0]).answers
            if not answers or at < after:
                continue
            for number, phrase in answers:
                last = self._last(words, at, phrase)
                if last is not None:
                    yield match.start(), words[last].end(), number
                    after = last + 1
                    break

    def _last(self, words: list[re.Match[str]], at: int, phrase: tuple[str, ...]) -> int | None:
        """Return where the phrase ends that begins at a word; None where it does not go on. One word ends at once."""
        for stemmed in phrase[1:]:
            at += 1
            # Signs that fold to nothing are no words.
            while at < len(words) and not self.read(words[at][0]).stem:
                at += 1
            if at == len(words) or self.read(words[at][0]).stem != stemmed:
                return None
        return at

    def _read(self, written: str) -> Read:
        word = fold(written)[:LONGEST_WORD]
        return Read(stem(word, self.asked.language), tuple(self._answers(word)) if word else ())

    def _answers(self, word: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        code = self.asked.language
        stemmed, parts = stem(word, code), split(word, code)
        for number, group in enumerate(self.asked.groups):
            yield from ((number, phrase) for phrase in group.alike if phrase[0] == stemmed and len(phrase) <= LONGEST)
            itself = any(self._is_like(word, stemmed, *own) or own[1] in parts for own in group.words)
            if itself or any(stemmed in part for part in group.parts):
                yield number, ()

    def _is_like(self, word: str, stemmed: str, exact: str, its_stem: str) -> bool:
        begins = self.prefixes and word.startswith(beginnings(exact, its_stem))
        return word == exact or stemmed == its_stem or begins


def _worth(found: Found, first: int) -> int:
    """Return how many different words of the query stand close behind a found one, it included."""
    limit = found[first][0] + LENGTH - MARGIN
    return len({number for start, _end, number in found[first:] if start < limit})


def _stretch(text: str, around: int) -> tuple[int, int]:
    """Return start and end of what is shown, not cutting words where there is white space."""
    start = max(0, around - MARGIN)
    if start:
        start = text.find(" ", start, around) + 1 or start
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", around + 1, end), around) if " " in text[around + 1 : end] else end
    return start, end
