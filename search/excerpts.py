"""The part of a text that shows why it was found, with the found words in `<mark>`.

Made here and not by the engines: their indexes hold folded words, and readers are to see the text as it was
written, accents and all.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
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
# The number of a group, and the phrase that a word has to begin; an empty one where the word is enough. `Placed` with
# the place of the phrase among those of its group.
Answer = tuple[int, tuple[str, ...]]
Placed = tuple[int, int, tuple[str, ...]]


class Read(NamedTuple):
    """What is known of a word: its stem, and what of the query it answers."""

    stem: str
    answers: tuple[Answer, ...]


@lru_cache(maxsize=50_000)
def folded(written: str) -> str:
    """Return a word of a text as the index holds it."""
    return fold(written)[:LONGEST_WORD]


class Excerpts:
    """Shows why texts of one language were found. Each word is looked at once, however many texts hold it.

    `prefixes`: words that only begin like a word of the query count as well.
    """

    def __init__(self, asked: Asked, *, prefixes: bool = False) -> None:
        self.asked = asked
        self.prefixes = prefixes
        self.read = cache(self._read)
        # What a word answers by its stem, as a part of a longer word, and by its beginning.
        self.by_stem: defaultdict[str, set[Placed]] = defaultdict(set)
        self.by_part: defaultdict[str, set[Placed]] = defaultdict(set)
        self.by_beginning: list[tuple[str, Placed]] = []
        for number, group in enumerate(asked.groups):
            for place, phrase in enumerate(group.alike):
                if len(phrase) <= LONGEST:
                    self.by_stem[phrase[0]].add((number, place, phrase))
            itself = (number, len(group.alike), ())
            for stemmed in (its_stem for part in group.parts for its_stem in part):
                self.by_stem[stemmed].add(itself)
            for exact, its_stem in group.words:
                self.by_stem[its_stem].add(itself)
                self.by_part[its_stem].add(itself)
                self.by_beginning += ((start, itself) for start in beginnings(exact, its_stem))

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
        word = folded(written)
        return Read(stem(word, self.asked.language), self._answers(word)) if word else Read("", ())

    def _answers(self, word: str) -> tuple[Answer, ...]:
        code = self.asked.language
        found = set(self.by_stem.get(stem(word, code), ()))
        for part in split(word, code):
            found |= self.by_part.get(part, set())
        if self.prefixes:
            found |= {answer for start, answer in self.by_beginning if word.startswith(start)}
        # Of one group phrases go before the word alone, in the order in which they were asked for.
        return tuple((number, phrase) for number, _place, phrase in sorted(found)) if found else ()


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
