"""What must be known when the database is down: the cities' help lines and where Exit leads.

A small file beside the database holds it, rewritten whenever staff change it (`home.help`), and read without any
query, so that every page can use it too.
"""

import json
import os
import tempfile
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

FILE_NAME = "help-lines.json"


@dataclass(frozen=True)
class HelpLine:
    """A city's own line; names are kept in every language there is, by language code."""

    code: str
    number: str
    cities: dict[str, str]
    names: dict[str, str]

    @property
    def dialled(self) -> str:
        """The number as a telephone dials it."""
        return "".join(sign for sign in self.number if sign.isdigit() or sign == "+")


@dataclass(frozen=True)
class Offline:
    lines: tuple[HelpLine, ...] = ()
    exit_url: str = ""
    contact_phone: str = ""
    schema: int = field(default=1)


def path() -> Path:
    return Path(settings.EQUALCITY_HOME) / FILE_NAME


def read() -> Offline:
    """Return what the file holds; an absent or damaged file gives nothing, never an error."""
    try:
        changed = path().stat().st_mtime_ns
    except OSError:
        return Offline()
    return _parse(path(), changed)


@lru_cache(maxsize=4)
def _parse(file: Path, changed: int) -> Offline:
    try:
        return from_dict(json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError, KeyError):
        return Offline()


def from_dict(stored: dict[str, Any]) -> Offline:
    lines = tuple(
        HelpLine(str(line["code"]), str(line["number"]), dict(line["cities"]), dict(line["names"]))
        for line in stored["lines"]
    )
    return Offline(lines, str(stored["exit_url"]), str(stored["contact_phone"]))


def write(known: Offline) -> None:
    """Replace the file in one step, so that a reader finds the old text or the new, never half of one."""
    path().parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path().parent, prefix=FILE_NAME)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(known), file, ensure_ascii=False, indent=1)
        Path(name).replace(path())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def exit_address(language: str) -> str:
    """Return the harmless site that Exit opens, for readers of `language`."""
    chosen = read().exit_url
    pattern = chosen if chosen.startswith(("https://", "http://")) else settings.EXIT_URL
    return pattern.replace("{locale}", language.split("-")[0])
