"""The part of a text that shows why it was found, with the found words in `<mark>`.

Made here and not by the engines: their indexes hold folded words, and readers are to see the text as it was
written, accents and all.
"""

from collections.abc import Collection, Iterator
from itertools import islice

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis import Asked, beginnings, language, spans, split, stem

LENGTH = 220  # characters of the stretch that is shown
MARGIN = 60  # of these, characters before the first found word
MOST = 300  # found words that are looked at
LONGEST = 8  # words of a phrase that means the same

Found = list[tuple[int, int, int]]


def excerpt(text: str, asked: Asked, *, prefixes: bool = False, also: Collection[str] = ()) -> SafeString:
    """Return safe HTML: the stretch of `text` with most different words of the query; empty when it holds none.

    `prefixes`: words that only begin like a word of the query count as well. `also`: folded words that the engine
    found by rules of its own, such as parts of compounds and other spellings.
    """
    found = list(islice(_found(text, asked, prefixes, also), MOST))
    if not found:
        return SafeString("")
    text = text.replace("\n", " ")
    best = max(range(len(found)), key=lambda n: (_worth(found, n), -n))
    start, end = _stretch(text, found[best][0])
    pieces, at = ["… " if start else ""], start
    for begins, ends, _word in found:
        if start <= begins and ends <= end:
            pieces += [escape(text[at:begins]), f"<mark>{escape(text[begins:ends])}</mark>"]
            at = ends
    pieces += [escape(text[at:end]), " …" if end < len(text) else ""]
    return mark_safe("".join(pieces))  # noqa: S308 - every piece of the text was escaped above


def _found(text: str, asked: Asked, prefixes: bool, also: Collection[str]) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and number in the query of every found word or phrase."""
    # Stemming costs most: where a language has nothing in front of a word, its first letter rules most words out.
    forms = [form for word in asked.words for form in word] + [
        stemmed for group in asked.groups for phrase in (*group.alike, *group.parts) for stemmed in phrase
    ]
    firsts = {form[0] for form in [*forms, *also]}
    any_first = bool(language(asked.language).prefixes or language(asked.language).parts)
    stems: dict[str, str] = {}
    read = list(spans(text))
    for _start, _end, word in read:
        if word not in stems:
            stems[word] = stem(word, asked.language) if any_first or word[0] in firsts else ""
    at = 0
    while at < len(read):
        length = 0
        if stems[read[at][2]]:
            following = [word for _start, _end, word in read[at : at + LONGEST]]
            number, length = _matched(following, stems, asked, prefixes)
            if not length and following[0] in also:
                number, length = len(asked.groups), 1
            if length:
                yield read[at][0], read[at + length - 1][1], number
        at += length or 1


def _matched(following: list[str], stems: dict[str, str], asked: Asked, prefixes: bool) -> tuple[int, int]:
    """Return which group of the query the next words answer, and how many of them; 0 words for none."""
    word = following[0]
    stemmed = stems[word]
    for number, group in enumerate(asked.groups):
        for phrase in group.alike:
            if phrase[0] == stemmed and phrase == tuple(stems[one] for one in following[: len(phrase)]):
                return number, len(phrase)
        for exact, its_stem in group.words:
            if word == exact or stemmed == its_stem or (prefixes and word.startswith(beginnings(exact, its_stem))):
                return number, 1
            if its_stem in split(word, asked.language):
                return number, 1
        if any(stemmed in part for part in group.parts):
            return number, 1
    return 0, 0


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
