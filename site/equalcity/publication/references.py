"""How a source names what it refers to, and how rich text carries such names.

A page is `instance/key/locale` of its origin, a picture or document its SHA-256, a term `vocabulary:code`.
In rich text the database keeps `id="…"`; a source keeps `ref="…"` in the same place, so that nothing else of the
text changes on the way.
"""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass

PAGE, IMAGE, DOCUMENT, TERM = "$page", "$image", "$document", "$term"

TAG = re.compile(r"<(a|embed)\b([^>]*)>")
KIND = re.compile(r'\b(?:linktype|embedtype)="(page|document|image|foreign)"')
ID = re.compile(r'\s\bid="(\d+)"')
REF = re.compile(r'\s\bref="([^"]*)"')


@dataclass(frozen=True)
class PageName:
    """The identity of a page across instances."""

    instance: uuid.UUID
    key: uuid.UUID
    locale: str

    def __str__(self) -> str:
        return f"{self.instance}/{self.key}/{self.locale}"


def read_page_name(text: str) -> PageName:
    """Read `instance/key/locale`. Raises `ValueError`."""
    instance, key, locale = text.split("/")
    return PageName(uuid.UUID(instance), uuid.UUID(key), locale)


def rewrite(html: str, change: Callable[[str, str], str]) -> str:
    """Let `change(kind, tag)` rewrite every tag that refers to a page, document or picture of the library."""

    def one(match: re.Match[str]) -> str:
        kind = KIND.search(match[2])
        return change(kind[1], match[0]) if kind else match[0]

    return TAG.sub(one, html)
