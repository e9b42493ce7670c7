"""The part of a text that shows why it was found, with the found words in `<mark>`.

Made here and not by the engines: their indexes hold folded words, and readers are to see the text as it was
written, accents and all.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice, takewhile
from math import inf
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis import LONGEST_WORD, WORD, Asked, beginnings, fold, split, stem

LENGTH = 220  # characters of the stretch that is shown
MARGIN = 60  # of these, characters before the first found word
CLOSE = LENGTH - MARGIN  # so far behind it others are shown for certain
MOST = 300  # found words that are looked at
LONGEST = 8  # words of a phrase that means the same

Found = list[tuple[int, int, int]]
# The number of a group, and the phrase that a word has to begin; an empty one where the word is enough. `Placed` with
# the place of the phrase among those of its group.
Answer = tuple[int, tuple[str, ...]]
Placed = tuple[int, int, tuple[str, ...]]


class Forms(NamedTuple):
    """A word of a text as the index holds it, its stem, and the stems of the words that it is made of."""

    word: str
    stem: str
    parts: tuple[str, ...]


@lru_cache(maxsize=50_000)
def forms(written: str, code: str) -> Forms:
    """Return the forms of a word in a language; empty ones of signs that are no word."""
    word = fold(written)[:LONGEST_WORD]
    return Forms(word, stem(word, code), split(word, code)) if word else Forms("", "", ())


class Excerpts:
    """Shows why texts of one language were found. Each word is looked at once, however many texts hold it.

    `prefixes`: words that only begin like a word of the query count as well.
    """

    def __init__(self, asked: Asked, *, prefixes: bool = False) -> None:
        self.asked = asked
        self.prefixes = prefixes
        self.answers = cache(self._answers)
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
        found, best = self._most_telling(text)
        if not found:
            return SafeString("")
        text = text.replace("\n", " ")
        start, end = _stretch(text, found[best][0])
        pieces, at = ["… " if start else ""], start
        for begins, ends, _group in found:
            if start <= begins and ends <= end:
                pieces += [escape(text[at:begins]), f"<mark>{escape(text[begins:ends])}</mark>"]
                at = ends
        pieces += [escape(text[at:end]), " …" if end < len(text) else ""]
        return mark_safe("".join(pieces))  # noqa: S308 - every piece of the text was escaped above

    def _most_telling(self, text: str) -> tuple[Found, int]:
        """Return found words in their order, and the number of the one from which most different ones stand close.

        Where all that was asked for stands close together nothing behind can be better: it is not read.
        """
        found: Found = []
        all_of_it, first, until = len(self.asked.groups), 0, inf
        read = takewhile(lambda match: match.start() < until, WORD.finditer(text))
        for one in islice(self._found(text, read), MOST):
            found.append(one)
            if until == inf:
                while one[0] >= found[first][0] + CLOSE:
                    first += 1
                if len({number for _start, _end, number in found[first:]}) == all_of_it:
                    until = found[first][0] + LENGTH
        if until == inf:
            first = max(range(len(found)), key=lambda n: (_worth(found, n), -n), default=0)
        return found, first

    def _found(self, text: str, words: Iterable[re.Match[str]]) -> Iterator[tuple[int, int, int]]:
        """Yield start, end and number in the query of what was found that begins with one of these words."""
        after = 0
        for match in (match for match in words if self.answers(match[0])):
            if match.start() < after:
                continue
            for number, phrase in self.answers(match[0]):
                end = self._end(text, match.end(), phrase)
                if end is not None:
                    yield match.start(), end, number
                    after = end
                    break

    def _end(self, text: str, end: int, phrase: tuple[str, ...]) -> int | None:
        """Return where a phrase ends whose first word ends there; None where it does not go on."""
        # Signs that fold to nothing are no words.
        following = (match for match in WORD.finditer(text, end) if self._stem(match))
        for stemmed in phrase[1:]:
            match = next(following, None)
            if match is None or self._stem(match) != stemmed:
                return None
            end = match.end()
        return end

    def _stem(self, match: re.Match[str]) -> str:
        return forms(match[0], self.asked.language).stem

    def _answers(self, written: str) -> tuple[Answer, ...]:
        """Return what of the query a word of a text answers."""
        word, its_stem, parts = forms(written, self.asked.language)
        if not word or (its_stem not in self.by_stem and not parts and not self.prefixes):
            return ()
        found = set(self.by_stem.get(its_stem, ()))
        for part in parts:
            found |= self.by_part.get(part, set())
        if self.prefixes:
            found |= {answer for start, answer in self.by_beginning if word.startswith(start)}
        # Of one group phrases go before the word alone, in the order in which they were asked for.
        return tuple((number, phrase) for number, _place, phrase in sorted(found))


def _worth(found: Found, first: int) -> int:
    """Return how many different words of the query stand close behind a found one, it included."""
    limit = found[first][0] + CLOSE
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
