"""What the rules for written French and Dutch find in a text (docs/translation.md)."""

import re
from collections.abc import Iterator
from typing import Any

# A narrow no-break space before ; ! ? and inside « », a no-break space before a colon that follows a word.
FRENCH = re.compile("[^\u202f][;!?»](?![;!?])|«[^\u202f]|[ \u202f]:|[^\\W\\d]:(?![/\\d])")
MARKUP = re.compile(r"<[^>]*>|&\w+;|%\(\w+\)[sd]|https?://\S+|\w+://|mailto:|__\w+__|H:i")
# “2 u.” is two hours.
DUTCH = re.compile(r"(?<!\d )\b(?:[Uu]|[Uu]w|[Uu]zelf)\b(?!\.? ?%)")


def french_faults(text: str) -> list[str]:
    """Return the places where a space is missing, too wide or may break."""
    bare = MARKUP.sub("x", text)
    return [bare[max(0, found.start() - 15) : found.end() + 5] for found in FRENCH.finditer(bare)]


def dutch_faults(text: str) -> list[str]:
    """Return the places that say “u” to the reader."""
    bare = MARKUP.sub("0", text)
    return [bare[max(0, found.start() - 15) : found.end() + 5] for found in DUTCH.finditer(bare)]


def strings(value: Any) -> Iterator[str]:
    """Yield every text inside lists and mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)
