"""One stylesheet out of many small sources, so that a page waits for a single file.

The sources stand in `styles/`, one file per component; `ORDER` is the order of the cascade's layers. Nothing is
minified: the file is small, and compression at the edge does the rest.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage

STYLES = Path(__file__).resolve().parent / "styles"
BUNDLE = "core/site.css"


def bundle() -> str:
    """Return all styles as one text: tokens, base, then the components by name, each in its layer."""
    parts = [(STYLES / name).read_text("utf-8") for name in ("tokens.css", "base.css")]
    for path in sorted((STYLES / "components").glob("*.css")):
        parts.append(f"@layer components {{\n{path.read_text('utf-8')}}}\n")
    return "\n".join(parts)


class StylesheetFinder(BaseFinder):
    """Hands the bundle to `collectstatic`, which gives it a hashed name and compresses it."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        storage = InMemoryStorage()
        storage.save(BUNDLE, ContentFile(bundle().encode()))
        yield BUNDLE, storage

    def find(self, path: str, **kwargs: Any) -> Sequence[str]:
        """The bundle is no file; only `collectstatic` makes it one."""
        return []

    def check(self, **kwargs: Any) -> Sequence[Any]:
        return []
