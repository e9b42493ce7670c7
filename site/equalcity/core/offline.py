"""What must be known when the database is down: the cities' help lines, where Exit leads, the words of the footer.

A small file beside the database holds it, rewritten whenever staff change it (`home.help`), and read without any
query, so that every page can use it too.
"""

import json
import os
import tempfile
from dataclasses import asdict, dataclass, field, fields
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
class SiteWords:
    """What staff say in one language on every page; empty means: as the default language or the templates say."""

    exit_url: str = ""
    funding: str = ""
    responsibility: str = ""
    contact: str = ""
    licence: str = ""
    helpline: str = ""


WORDS = tuple(one.name for one in fields(SiteWords))


@dataclass(frozen=True)
class Offline:
    lines: tuple[HelpLine, ...] = ()
    exit_url: str = ""
    contact_phone: str = ""
    words: dict[str, SiteWords] = field(default_factory=dict)
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
    # A file of an earlier version holds no words.
    words = {
        str(code): SiteWords(**{name: str(said.get(name, "")) for name in WORDS})
        for code, said in dict(stored.get("words", {})).items()
    }
    return Offline(lines, str(stored["exit_url"]), str(stored["contact_phone"]), words)


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


@dataclass(frozen=True)
class Said:
    """A text of staff and the language that it is in."""

    text: str
    language: str


def words(language: str) -> dict[str, Said]:
    """Return what staff say on every page, for readers of `language`; what is missing there, in the default language.

    What staff say nowhere is not in it: the templates have words of their own.
    """
    known = read().words
    found: dict[str, Said] = {}
    for code in (settings.LANGUAGE_CODE, language):
        said = known.get(code, SiteWords())
        found |= {name: Said(getattr(said, name), code) for name in WORDS if getattr(said, name)}
    return found


def exit_address(language: str) -> str:
    """Return the harmless site that Exit opens, for readers of `language`."""
    known = read()
    # One chosen for one language may alarm readers of another: no fallback to the default language here.
    for chosen in (known.words.get(language, SiteWords()).exit_url, known.exit_url):
        if chosen.startswith(("https://", "http://")):
            return chosen.replace("{locale}", language.split("-")[0])
    return settings.EXIT_URL.replace("{locale}", language.split("-")[0])
