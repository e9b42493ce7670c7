"""What of a place must not be known any longer, found again in any text (safety rule 3).

Streets are written in many ways: with the number before or behind, with commas or hyphens, in capitals. `Secrets`
finds them all and leaves a visible gap. Afterwards only keyed hashes remain (`digests`), so that the hunt can look
for a street that is stored nowhere.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from django.conf import settings

from safespace_map.precision import COORDINATES

GAP = "[removed]"
# Fewer letters than these are no name of a street by themselves.
LETTERS = 6
TOKEN = re.compile(r"[^\W_]+")
BETWEEN = r"[\W_]+"
NUMBER = r"\d+[^\W\d_]?"


@dataclass(frozen=True)
class Secrets:
    """Streets as they were written, and degrees of latitude or longitude as decimal numbers."""

    streets: frozenset[str] = frozenset()
    degrees: frozenset[Decimal] = frozenset()

    @classmethod
    def of(cls, contents: Iterable[dict[str, Any]]) -> "Secrets":
        """Gather what pages, revisions and sources of a place say of where it is."""
        streets, degrees = set(), set()
        for content in contents:
            if street := (content.get("street") or "").strip():
                streets.add(street)
            degrees |= {found for name in ("latitude", "longitude") if (found := _degrees(content.get(name)))}
        return cls(frozenset(streets), frozenset(degrees))

    def clean(self, text: str) -> str:
        """Return the text with a gap in place of each street and each position."""
        text = COORDINATES.sub(GAP, text)
        return self._pattern.sub(GAP, text) if self._pattern else text

    def clean_slug(self, slug: str) -> str:
        """Return the part of an address without what may not be known; empty when nothing is left."""
        cleaned = self._pattern.sub("", slug) if self._pattern else slug
        return re.sub(r"-{2,}", "-", cleaned).strip("-")

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        found = [*map(_street, sorted(self.phrases, key=len, reverse=True)), *map(_degree, sorted(self.degrees))]
        return re.compile("|".join(found), re.IGNORECASE) if found else None

    @cached_property
    def phrases(self) -> frozenset[str]:
        """Return what to look for: the names of the streets, or where a name is short, name and number."""
        return frozenset(phrase for street in self.streets for phrase in _phrases(street))


def tokens(text: str) -> list[str]:
    """Return the words of a text, folded: without case, accents and what stands between."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return TOKEN.findall("".join(char for char in folded if not unicodedata.combining(char)))


def digests(secrets: Secrets) -> set[tuple[str, int]]:
    """Return what may be kept of streets that were removed: keyed hashes, with the number of words of each."""
    found = set()
    for phrase in secrets.phrases:
        words = tokens(phrase)
        found.add((digest(words), len(words)))
    return found


def digest(words: Iterable[str]) -> str:
    """Return the keyed hash of some words. Whoever has the database and not `SECRET_KEY` cannot try streets."""
    return hmac.new(_key(), " ".join(words).encode(), hashlib.blake2b).hexdigest()[:64]


def windows(text: str, lengths: Iterable[int]) -> Iterator[str]:
    """Yield the hash of every run of so many words in a text."""
    words = tokens(text)
    for length in lengths:
        for start in range(len(words) - length + 1):
            yield digest(words[start : start + length])


def _key() -> bytes:
    return hashlib.sha256(f"safespace_map.removed:{settings.SECRET_KEY}".encode()).digest()


def _phrases(street: str) -> Iterator[str]:
    """Of “House of Women, 12 Example Street, 2nd floor”: the parts that name something."""
    parts = [part for part in re.split(r"[,;/\n]", street) if TOKEN.search(part)]
    named = [" ".join(word for word in TOKEN.findall(part) if not word[0].isdigit()) for part in parts]
    long = [name for name in named if len(name.replace(" ", "")) >= LETTERS]
    yield from long or [" ".join(TOKEN.findall(street))]


def _street(phrase: str) -> str:
    """A street by its words, whatever stands between them, with a number before or behind."""
    words = BETWEEN.join(map(re.escape, phrase.split()))
    return rf"(?<![^\W_])(?:{NUMBER}{BETWEEN})?{words}(?:{BETWEEN}{NUMBER})?(?![^\W_])"


def _degree(value: Decimal) -> str:
    """A number of degrees from its third decimal on: a hundred metres."""
    whole, _point, decimals = f"{abs(value):.5f}".partition(".")
    rounded_whole, _point, rounded = f"{abs(value):.3f}".partition(".")
    return rf"(?<!\d)-?(?:{whole}[.,]{decimals[:3]}|{rounded_whole}[.,]{rounded})\d*"


def _degrees(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value)) if value not in (None, "") else None
    except InvalidOperation:
        return None
