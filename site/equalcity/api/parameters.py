"""What a query string may hold: each parameter once, with its description for the schema and its reader.

Readers return a typed value or raise `BadParameter` with a reason; nothing unread reaches a database.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime

from equalcity.api.problems import BadParameter

LIMIT, LIMIT_MAX = 20, 100
OFFSET_MAX = 10**12
ID_MAX = 2**63 - 1
QUERY_MAX = 8192
DIGITS = re.compile(r"[0-9]{1,19}", re.ASCII)
UNUSABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a query string. `schema` is its JSON Schema; `repeatable` says that it may come twice."""

    name: str
    description: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    repeatable: bool = False


class Query:
    """The checked query string of one request: known names, each given once unless repeatable, only clean text."""

    def __init__(self, given: QueryDict, known: Collection[Parameter]) -> None:
        self.given = given
        repeatable = {parameter.name for parameter in known if parameter.repeatable}
        names = {parameter.name for parameter in known}
        for name, values in given.lists():
            if name not in names:
                raise BadParameter(name, "This is no parameter of this address; the schema lists those that are.")
            if len(values) > 1 and name not in repeatable:
                raise BadParameter(name, "This parameter may be given only once.")
            if any(UNUSABLE.search(value) for value in values):
                raise BadParameter(name, "Null characters and lone surrogates are no text.")

    def __contains__(self, name: str) -> bool:
        return name in self.given

    def text(self, name: str, default: str = "") -> str:
        """Return the value as it was given."""
        return self.given.get(name, default)

    def optional(self, name: str) -> str | None:
        """Return the value, or None when the parameter was not given."""
        return self.given.get(name)

    def words(self, name: str) -> list[str]:
        """Return every value of a parameter that may be repeated or hold commas, each once, in order."""
        values = [word for value in self.given.getlist(name) for word in value.split(",")]
        if any(not word for word in values):
            raise BadParameter(name, "An empty value stands in this list.")
        return list(dict.fromkeys(values))

    def number(self, name: str, default: int, *, least: int = 0, most: int) -> int:
        """Return a whole number between `least` and `most`."""
        if name not in self:
            return default
        return whole_number(name, self.text(name), least=least, most=most)

    def page_id(self, name: str, *, root: bool = False) -> int | None:
        """Return the id that the parameter names; None for the word `root` where that is allowed."""
        given = self.text(name)
        if root and given == "root":
            return None
        return whole_number(name, given, most=ID_MAX, what="the id of a page" + (" or the word root" if root else ""))

    def truth(self, name: str) -> bool:
        """Return `true`/`1` as True and `false`/`0` as False."""
        given = self.text(name)
        if given not in {"true", "1", "false", "0"}:
            raise BadParameter(name, "It must be true or false.")
        return given in {"true", "1"}

    def is_set(self, name: str) -> bool:
        """Whether the parameter was given and is true."""
        return name in self and self.truth(name)

    def moment(self, name: str) -> datetime:
        """Return a date or a time in ISO 8601; without a zone it is UTC, a date is its first moment."""
        return read_moment(name, self.text(name))

    def key(self, name: str) -> UUID | None:
        """Return a UUID, or None when the parameter was not given."""
        given = self.optional(name)
        if given is None:
            return None
        try:
            return UUID(given)
        except ValueError as error:
            raise BadParameter(name, "It must be a key (UUID).") from error

    def locale(self, name: str = "locale") -> str | None:
        """Return one language of this site, or None when the parameter was not given."""
        given = self.optional(name)
        return None if given is None else known_locale(name, given)

    def locales(self, name: str) -> list[str]:
        """Return languages of this site in the order given, repeated or with commas between them."""
        return [known_locale(name, word) for word in self.words(name)]


def whole_number(name: str, given: str, *, least: int = 0, most: int, what: str = "a whole number") -> int:
    """Read ASCII digits. Raises `BadParameter`."""
    if not DIGITS.fullmatch(given) or not least <= int(given) <= most:
        raise BadParameter(name, f"It must be {what}, from {least} to {most}.")
    return int(given)


def read_moment(name: str, given: str) -> datetime:
    """Read ISO 8601. Raises `BadParameter`, also for days that no calendar has."""
    # A plus sign means a space in a query string; in a time nothing else can be meant by a space before the zone.
    text = re.sub(r" (?=\d\d:?\d\d$)", "+", given)
    try:
        moment = parse_datetime(text)
        day = None if moment else parse_date(text)
    except (ValueError, OverflowError):
        moment = day = None
    if isinstance(day, date):
        moment = datetime.combine(day, time())
    if moment is None:
        raise BadParameter(name, "It must be a date or time in ISO 8601, for example 2026-11-22T09:30:00Z.")
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError as error:
        raise BadParameter(name, "This time lies outside the calendar.") from error


def known_locale(name: str, given: str) -> str:
    """Return the language if this site has it. Raises `BadParameter`."""
    known = dict(settings.LANGUAGES)
    if given not in known:
        raise BadParameter(name, f"This site has no such language; it has {', '.join(known)}.")
    return given
