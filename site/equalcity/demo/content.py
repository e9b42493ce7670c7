"""The demonstration content as it stands in readable files, checked while it is read.

`content/terms.yaml` holds the vocabularies, `content/pages.yaml` what does not depend on language, and
`content/<locale>/<key>.yaml` the texts. Ids of blocks and rows are the same in every language and join them.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).resolve().parent / "content"
NAMESPACE = uuid.UUID("c3a6f1de-58c1-5b0e-9d57-2f6f0c1b7a44")
SOURCE_LANGUAGE = "en"
# That of libyaml, where PyYAML was built with it, is ten times as fast.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class TermText:
    """One term in every language that it was written in."""

    vocabulary: str
    code: str
    names: dict[str, str]
    descriptions: dict[str, str]
    columns: dict[str, str]

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names[SOURCE_LANGUAGE]

    def description(self, language: str) -> str:
        return self.descriptions.get(language) or self.descriptions.get(SOURCE_LANGUAGE, "")


@dataclass(frozen=True)
class PageRecord:
    """One page without its texts, and the texts by language."""

    key: str
    type: str
    parent: str
    shared: dict[str, Any]
    texts: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def translation_key(self) -> uuid.UUID:
        return uuid.uuid5(NAMESPACE, self.key)

    def part(self, *names: object) -> uuid.UUID:
        """Return the identity of a block or row of this page, the same in every language."""
        return uuid.uuid5(NAMESPACE, "/".join((self.key, *map(str, names))))


def terms() -> Iterator[TermText]:
    """Yield every term of `terms.yaml` in its order."""
    plural = {
        "cities": "city",
        "target_groups": "target_group",
        "themes": "theme",
        "settings": "setting",
        "roles": "role",
        "services": "service",
        "help": "help",
        "districts": "district",
    }
    for group, entries in _read(CONTENT / "terms.yaml").items():
        for entry in entries:
            rest = {name: value for name, value in entry.items() if name not in {"code", "name", "description"}}
            yield TermText(plural[group], entry["code"], entry["name"], entry.get("description", {}), rest)


def pages() -> list[PageRecord]:
    """Return every page with its texts, parents before children."""
    languages = sorted(path.name for path in CONTENT.iterdir() if path.is_dir())
    records = []
    for shared in _read(CONTENT / "pages.yaml"):
        texts = {}
        for language in languages:
            path = CONTENT / language / f"{shared['key']}.yaml"
            if path.exists():
                texts[language] = _read(path)
        records.append(PageRecord(shared["key"], shared["type"], shared.get("parent", ""), shared, texts))
    return records


def _read(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), LOADER)  # noqa: S506 - both are safe
