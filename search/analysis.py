"""Words as the index and the query see them, the same for every engine.

Text is cut into words; accents, case and the spelling variants of Arabic are folded; a light stemmer takes endings
off. Every engine gets these words ready-made, so that they find the same things. What differs between languages is
data: `languages/<code>.json` holds stop words and affixes, `languages/compounds/<code>.txt` what long words are made
of, and a language without a file is folded but not stemmed.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from django.conf import settings

# Raise it whenever the same page would be indexed with other words, or vectors be made of other passages: the indexer
# then rebuilds by itself.
VERSION = 7

# Marks stems in the index. A letter for every engine (U+01C3), so that no engine cuts there; folding removes it from
# texts, so that no word of a text or query is ever mistaken for a stem.
STEM_MARK = "\u01c3"

MAX_WORDS = 24
SHORTEST_BEGINNING = 3
LONGEST_WORD = 60
SHORTEST_PART = 3
LONGEST_COMPOUND = 30
DATA = Path(__file__).parent / "languages"

# Vowel signs, tatweel and soft hyphens belong to the word they stand in.
WORD = re.compile(r"[^\W_](?:[^\W_]|[\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
                  r"\u06d6-\u06ed\u0900-\u0903\u093a-\u094f\u200c\u200d\u20d0-\u20dc\ufe20-\ufe2f])*")  # fmt: skip
DOUBLED = re.compile(r"([^\W\d])\1")

# Letters that have no canonical decomposition but are typed without their stroke, dot or ligature.
LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
        "ٱ": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ے": "ي", "ـ": None,
        STEM_MARK: None,
        **{chr(start + digit): str(digit) for start in (0x0660, 0x06F0) for digit in range(10)},
    }
)  # fmt: skip


@dataclass(frozen=True)
class Language:
    """What the analyzer knows of one language. Words and affixes stand there folded.

    A rule takes an affix off where at least `least` letters stay: (affix, what replaces it, least). `spellings` are
    letters that some type for one (German ae for ä), each a regular expression and what replaces it; `irregular` leads
    from forms that no rule reaches to the word; `parts` are words that others are often written together with, and
    `joints` the letters between them.
    """

    stop: frozenset[str] = frozenset()
    prefixes: tuple[tuple[str, str, int], ...] = ()
    suffixes: tuple[tuple[str, str, int], ...] = ()
    spellings: tuple[tuple[re.Pattern[str], str], ...] = ()
    irregular: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    joints: tuple[str, ...] = ()


# A word of a query, folded, and its stem.
Word = tuple[str, str]
# What means the same: the stems of a phrase as found in a query -> other phrases, as stems and as editors wrote them.
Alike = Mapping[tuple[str, ...], tuple[tuple[tuple[str, ...], str], ...]]


@dataclass(frozen=True)
class Group:
    """One thing that was asked for: all of `words`, or any of the phrases that mean the same, given as stems.

    `written` are these phrases as editors wrote them; `start` and `end` say where the group stands in the query, for
    an engine that cuts and stems by itself. A word that is made of several is also found where these stand apart:
    `parts` holds for each of them its stem, and the stems of words that mean the same as it.
    """

    words: tuple[Word, ...]
    alike: tuple[tuple[str, ...], ...] = ()
    parts: tuple[tuple[str, ...], ...] = ()
    written: tuple[str, ...] = field(default=(), compare=False)
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Asked:
    """A query as documents of one language hold it. `also` are the phrases that were added, as editors wrote them."""

    language: str
    groups: tuple[Group, ...]
    also: tuple[str, ...] = ()
    text: str = ""

    @property
    def words(self) -> tuple[Word, ...]:
        """The words that were typed, phrases that mean the same left out."""
        return tuple(word for group in self.groups for word in group.words)


@cache
def language(code: str) -> Language:
    """Return the data of a language; of one that has no file, empty data."""
    path = DATA / f"{code.split('-')[0]}.json"
    if not path.exists():
        return Language()
    data = json.loads(path.read_text("utf-8"))
    prefixes, suffixes = (
        tuple(sorted(((affix, new, least) for affix, new, least in data[kind]), key=lambda rule: -len(rule[0])))
        for kind in ("prefixes", "suffixes")
    )
    return Language(
        stop=frozenset(data["stop"]),
        prefixes=prefixes,
        suffixes=suffixes,
        spellings=tuple((re.compile(typed), meant) for typed, meant in data.get("spellings", ())),
        irregular=data.get("irregular", {}),
        parts=_parts(code),
        joints=tuple(data.get("joints", ())),
    )


def _parts(code: str) -> tuple[str, ...]:
    """Return the words that compounds of a language are made of, folded."""
    path = DATA / "compounds" / f"{code.split('-')[0]}.txt"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return tuple(sorted({fold(line.strip()) for line in lines if line.strip() and not line.startswith("#")}))


@cache
def known_parts(code: str) -> frozenset[str]:
    """Return the stems of the words that a language often writes together with others."""
    return frozenset(stem(part, code) for part in language(code).parts)


def fold(word: str) -> str:
    """Return a word without case, accents, vowel signs and ligatures."""
    if word.isascii():
        return word.lower()
    spread = unicodedata.normalize("NFKD", word).casefold().translate(LETTERS)
    return "".join(letter for letter in unicodedata.normalize("NFKD", spread) if letter.isalnum())


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and folded form of every word of a text."""
    for match in WORD.finditer(text):
        if folded := fold(match[0])[:LONGEST_WORD]:
            yield match.start(), match.end(), folded


def words(text: str) -> Iterator[str]:
    """Yield the folded words of a text."""
    return (folded for _start, _end, folded in spans(text))


@lru_cache(maxsize=50_000)
def stem(word: str, code: str) -> str:
    """Return a folded word without the endings of a language, doubled letters written once."""
    data = language(code)
    if not (data.prefixes or data.suffixes) or word.isdigit():
        return word
    for typed, meant in data.spellings:
        word = typed.sub(meant, word)
    word = data.irregular.get(word, word)
    for affix, new, least in data.prefixes:
        if word.startswith(affix) and len(word) - len(affix) >= least:
            word = new + word[len(affix) :]
            word = data.irregular.get(word, word)
            break
    for affix, new, least in data.suffixes:
        if word.endswith(affix) and len(word) - len(affix) >= least:
            word = word[: len(word) - len(affix)] + new
            break
    return DOUBLED.sub(r"\1", word)


@lru_cache(maxsize=20_000)
def split(word: str, code: str) -> tuple[str, ...]:
    """Return the stems of the words that a folded word is made of; of one that is not known to be made of any, none.

    Of its parts one at least has to be known, the others only long enough: no list of parts is ever complete. The way
    to cut with the largest share of known parts is taken, and of several the one where these are longest.
    """
    known = known_parts(code)
    if not known or not 2 * SHORTEST_PART <= len(word) <= LONGEST_COMPOUND or stem(word, code) in known:
        return ()
    best: tuple[float, int, tuple[str, ...]] = (0.0, 0, ())
    for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        tail = word[at:]
        parts = (_head(word[:at], code), *(split(tail, code) or (stem(tail, code),)))
        if all(part in known or len(part) > SHORTEST_PART for part in parts):
            of_known = [part for part in parts if part in known]
            best = max(best, (len(of_known) / len(parts), sum(map(len, of_known)), parts))
    return best[2] if best[0] else ()


def _head(head: str, code: str) -> str:
    """Return the stem of a part that another follows, without the letters that join them."""
    without = (stem(head.removesuffix(joint), code) for joint in language(code).joints if head.endswith(joint))
    return next((one for one in without if one in known_parts(code)), stem(head, code))


def marked(stemmed: str) -> str:
    """Return a stem as it stands in the index."""
    return f"{stemmed}{STEM_MARK}"


def beginnings(word: str, stemmed: str) -> tuple[str, ...]:
    """Return the beginnings that are looked for when a word itself is not found."""
    return tuple(start for start in dict.fromkeys([word, stemmed]) if len(start) >= SHORTEST_BEGINNING)


def indexed(text: str, code: str) -> str:
    """Return what is written into the index: the folded words, all stems in the same order, and the parts of words."""
    folded = list(words(text))
    stems = {word: stem(word, code) for word in set(folded)}
    parts = (part for word in folded for part in split(word, code))
    return " ".join([*folded, *(marked(stems[word]) for word in folded), *map(marked, parts)])


def stems(text: str, code: str) -> set[str]:
    """Return the different stems of a text as they stand in an index, those of the parts of words among them."""
    return {word for word in indexed(text, code).split() if word.endswith(STEM_MARK)}


def asked(text: str, code: str, alike: Alike = MappingProxyType({})) -> Asked:
    """Return the words of a query for documents of one language, without its stop words, each once.

    The first `MAX_WORDS` count. A query of nothing but stop words keeps them.
    """
    given = list(spans(text))
    folded = [word for _start, _end, word in given]
    longest = max(map(len, alike), default=0)
    groups: dict[Group, None] = {}
    also: dict[str, None] = {}
    at = 0
    while at < len(given) and len(groups) < MAX_WORDS:
        length, same = _longest_phrase(folded[at:], code, alike, longest)
        standing = given[at : at + length]
        chosen = [span for span in standing if span[2] not in language(code).stop]
        if chosen or same:
            groups.setdefault(_group(chosen or standing, standing, code, alike, same))
            also |= dict.fromkeys(written for _phrase, written in same)
        at += length
    if not groups:
        groups = dict.fromkeys(_group([span], [span], code, alike) for span in given[:MAX_WORDS])
    return Asked(code, tuple(groups), tuple(also), text)


def _group(
    chosen: list[tuple[int, int, str]],
    standing: list[tuple[int, int, str]],
    code: str,
    alike: Alike,
    same: tuple[tuple[tuple[str, ...], str], ...] = (),
) -> Group:
    return Group(
        words=tuple((word, stem(word, code)) for _start, _end, word in chosen),
        alike=tuple(phrase for phrase, _written in same),
        parts=tuple(_or_alike(part, alike) for part in split(chosen[0][2], code)) if len(chosen) == 1 else (),
        written=tuple(written for _phrase, written in same),
        start=standing[0][0],
        end=standing[-1][1],
    )


def _or_alike(stemmed: str, alike: Alike) -> tuple[str, ...]:
    """Return a stem, and those of single words that mean the same."""
    return (stemmed, *(stems[0] for stems, _written in alike.get((stemmed,), ()) if len(stems) == 1))


def asked_everywhere(text: str, alike: Mapping[str, Alike] = MappingProxyType({})) -> list[Asked]:
    """Return the query for each configured language; nothing when the text holds no word."""
    every = [asked(text, code, alike.get(code, {})) for code, _name in settings.LANGUAGES]
    return [one for one in every if one.groups]


def phrase(text: str, code: str) -> tuple[str, ...]:
    """Return the stems of a phrase, in its order."""
    return tuple(stem(word, code) for word in words(text))


def _longest_phrase(
    given: list[str], code: str, alike: Alike, longest: int
) -> tuple[int, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return how many of the first words are a phrase with others that mean the same, and these; else 1 and none."""
    for length in range(min(longest, len(given)), 0, -1):
        stems = tuple(stem(word, code) for word in given[:length])
        if stems in alike:
            return length, alike[stems]
    return 1, ()
