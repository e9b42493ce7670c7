"""Static files that are made, not stored: one stylesheet out of many small sources, and the drawings.

A page waits for a single stylesheet. Its sources stand in `styles/`, one file per component; `tokens.css` names the
order of the cascade's layers. Nothing is minified: the file is small, and compression at the edge does the rest.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage

from equalcity.core.arches import drawings

STYLES = Path(__file__).resolve().parent / "styles"
BUNDLE = "core/site.css"


def bundle() -> str:
    """Return all styles as one text: tokens, base, then the components by name, each in its layer."""
    parts = [(STYLES / name).read_text("utf-8") for name in ("tokens.css", "base.css")]
    for path in sorted((STYLES / "components").glob("*.css")):
        parts.append(f"@layer components {{\n{path.read_text('utf-8')}}}\n")
    return "\n".join(parts)


def made_files() -> dict[str, str]:
    """Return the content of every made file by its path below `static/`."""
    return {BUNDLE: bundle(), **{f"core/arches/{name}": text for name, text in drawings().items()}}


class StylesheetFinder(BaseFinder):
    """Hands the made files to `collectstatic`, which gives them hashed names and compresses them.

    They are written below the instance's state, because a finder answers with files.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.EQUALCITY_HOME / "made")
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def write(self) -> list[str]:
        files = made_files()
        for path, text in files.items():
            target = Path(self.storage.path(path))
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists() or target.read_text("utf-8") != text:
                target.write_text(text, "utf-8")
        return list(files)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for path in self.write():
            yield path, self.storage

    def find(self, path: str, **kwargs: Any) -> Any:  # type: ignore[override]
        """Return where the made file lies, or nothing for any other path."""
        if not path.startswith("core/") or path not in self.write():
            return []
        found = self.storage.path(path)
        return [found] if kwargs.get("find_all") else found
