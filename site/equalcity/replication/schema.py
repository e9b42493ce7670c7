"""What a peer sends, read strictly: nothing of it is used before it has the shape that it must have."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from wagtail.models import get_page_models

from equalcity.core.models import VOCABULARIES, BasePage, Term
from equalcity.publication.manifest import BUCKETS, Entry, LocaleManifest, Manifest
from equalcity.publication.source import canonical, etag

DEPTH = 40
TEXT_CHARACTERS = 200_000
STATES = {"live", "withdrawn", "recalled", "elsewhere"}
LOCALE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*\Z")
SHA256 = re.compile(r"[0-9a-f]{64}\Z")
EXTENSION = re.compile(r"[a-z0-9]{1,8}\Z")

Source = dict[str, Any]


class Malformed(Exception):
    """The envelope is broken: nothing of this answer can be trusted."""


class Refused(Exception):
    """This one item cannot be taken; the text says why. The others go on."""


@dataclass(frozen=True)
class FeedItem:
    """One key in one language, as the peer sent it. `raw` is the whole item, `source` what it holds."""

    seq: int
    key: uuid.UUID
    locale: str
    type: str
    schema: int
    state: str
    origin_instance: uuid.UUID
    origin_key: uuid.UUID
    parent: uuid.UUID | None
    children: tuple[uuid.UUID, ...]
    etag: str
    source: Any
    raw: dict[str, Any]

    @property
    def is_live(self) -> bool:
        return self.state == "live"

    @property
    def is_term(self) -> bool:
        return self.type in term_types()

    def key_at(self, instance: uuid.UUID) -> uuid.UUID:
        """Return the key under which an instance keeps it: the origin's at home, one made of both elsewhere."""
        at_home = self.origin_instance == instance
        return self.origin_key if at_home else uuid.uuid5(self.origin_instance, str(self.origin_key))


@dataclass(frozen=True)
class FeedAnswer:
    """One answer of the feed: the items in their order, the cursor to go on with, whether there is more."""

    items: tuple[FeedItem, ...]
    next: str
    more: bool


@dataclass(frozen=True)
class MediaEntry:
    """A file that a source refers to."""

    kind: str
    sha256: str
    title: str
    description: str
    credit: str
    licence: str
    consent_until: Any
    may_be_replicated: bool
    extension: str
    texts: dict[str, str]


def page_types() -> dict[str, type[BasePage]]:
    """Return the page types that can be pulled, by label."""
    return {model._meta.label: model for model in get_page_models() if issubclass(model, BasePage)}


def term_types() -> dict[str, type[Term]]:
    """Return the vocabularies by label."""
    return {model._meta.label: model for model in VOCABULARIES.values()}


# The envelope ----------------------------------------------------------------------------------------------


def check_depth(data: Any) -> None:
    """Raise `Malformed` when `data` is nested deeper than anything that we make. Uses no recursion."""
    level = [data]
    for _depth in range(DEPTH):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return
    raise Malformed(f"it is nested more than {DEPTH} levels deep")


def read_answer(data: Any) -> FeedAnswer:
    """Read one answer of the feed. Raises `Malformed`."""
    items = tuple(read_item(item) for item in _typed(data, "items", list))
    numbers = [item.seq for item in items]
    if numbers != sorted(set(numbers)):
        raise Malformed("its items are not in the order of their numbers")
    following = _typed(data, "next", str)
    if not following or len(following) > 500:
        raise Malformed("it does not say where to go on")
    return FeedAnswer(items, following, _typed(data, "more", bool))


def read_item(data: Any) -> FeedItem:
    """Read the envelope of one item; what it holds is looked at later. Raises `Malformed`."""
    origin = _typed(data, "origin", dict)
    children = _typed(data, "children", list)
    locale = _typed(data, "locale", str)
    if not LOCALE.match(locale) or len(locale) > 12:
        raise Malformed("an item's locale is not a language tag")
    state = _typed(data, "state", str)
    if state not in STATES:
        raise Malformed("an item is in a state that is not known")
    label = _typed(data, "type", str)
    if len(label) > 100:
        raise Malformed("an item's type is too long")
    given = data.get("etag") or ""
    if state == "live" and not (isinstance(given, str) and SHA256.match(given)):
        raise Malformed("an item's etag is not a hash")
    return FeedItem(
        seq=_typed(data, "seq", int),
        key=_uuid(data, "key"),
        locale=locale,
        type=label,
        schema=_typed(data, "schema", int),
        state=state,
        origin_instance=_uuid(origin, "instance"),
        origin_key=_uuid(origin, "key"),
        parent=_uuid(data, "parent") if data.get("parent") else None,
        children=tuple(_uuid({"child": child}, "child") for child in children),
        etag=given if state == "live" else "",
        source=data.get("source"),
        raw=data,
    )


def _typed(data: Any, name: str, kind: type) -> Any:
    value = data.get(name) if isinstance(data, dict) else None
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise Malformed(f"{name!r} is missing or is not {kind.__name__}")
    return value


def _uuid(data: Any, name: str) -> uuid.UUID:
    try:
        return uuid.UUID(_typed(data, name, str))
    except ValueError as error:
        raise Malformed(f"{name!r} is not a UUID") from error


# The content -----------------------------------------------------------------------------------------------


def read_source(item: FeedItem) -> Source:
    """Return the item's source, brought to this version's schema. Raises `Refused`."""
    model = page_types().get(item.type) or term_types().get(item.type)
    if model is None:
        raise Refused(f"It is a {item.type}, which this version does not know.")
    source = item.source
    if not isinstance(source, dict):
        raise Refused("It has no content.")
    try:
        actual = etag(canonical(source))
    except (ValueError, TypeError) as error:
        raise Refused(f"Its content is not canonical: {error}.") from error
    if actual != item.etag:
        raise Refused("Its content does not fit its checksum: it was damaged on the way.")
    origin = {"instance": str(item.origin_instance), "key": str(item.origin_key)}
    if (source.get("type"), source.get("locale"), source.get("origin")) != (item.type, item.locale, origin):
        raise Refused("Its content says that it is something else than the feed says.")
    if not _is_content(source):
        raise Refused("Its content does not have the shape of a page.")
    if "\x00" in "".join(_texts(source)):
        raise Refused("It holds a character that cannot be stored.")
    return upgraded(source, getattr(model, "source_schema", 1))


def _is_content(source: Source) -> bool:
    children = source.get("children", {})
    return (
        isinstance(source.get("fields"), dict)
        and isinstance(source.get("schema"), int)
        and isinstance(children, dict)
        and all(isinstance(rows, list) and all(_is_row(row) for row in rows) for rows in children.values())
        and isinstance(source.get("media", []), list)
    )


def _is_row(row: Any) -> bool:
    if not (isinstance(row, dict) and isinstance(row.get("fields"), dict)):
        return False
    try:
        return str(uuid.UUID(row.get("key"))) == row["key"]
    except (ValueError, TypeError, AttributeError):
        return False


def _texts(source: Source) -> list[str]:
    """Return every string and every name in `source`. Raises `Refused` for one that is far too long."""
    found: list[str] = []
    waiting: list[Any] = [source]
    while waiting:
        match waiting.pop():
            case str() as text:
                if len(text) > TEXT_CHARACTERS:
                    raise Refused(f"It holds a text of more than {TEXT_CHARACTERS} characters.")
                found.append(text)
            case dict() as inner:
                found.extend(inner)
                waiting.extend(inner.values())
            case list() as inner:
                waiting.extend(inner)
    return found


def read_media(source: Source) -> list[MediaEntry]:
    """Return the files that `source` describes. Raises `Refused`."""
    return [_read_media_entry(entry) for entry in source.get("media", [])]


def _read_media_entry(entry: Any) -> MediaEntry:
    if not isinstance(entry, dict):
        raise Refused("It describes a file that cannot be read.")
    texts = entry.get("texts") or {}
    try:
        day = parse_date(entry["consent_until"]) if entry.get("consent_until") else None
        read = MediaEntry(
            kind=str(entry["kind"]),
            sha256=str(entry["sha256"]),
            title=str(entry.get("title", ""))[:255],
            description=str(entry.get("description", ""))[:255],
            credit=str(entry.get("credit", ""))[:200],
            licence=str(entry.get("licence", ""))[:100],
            consent_until=day,
            may_be_replicated=entry.get("may_be_replicated") is True,
            extension=str(entry.get("extension", "")).lower(),
            texts={str(code): str(text)[:255] for code, text in texts.items()},
        )
    except (KeyError, ValueError, TypeError, AttributeError, ValidationError) as error:
        raise Refused("It describes a file that cannot be read.") from error
    known = read.kind in {"image", "document"} and SHA256.match(read.sha256) and EXTENSION.match(read.extension)
    if not known or (entry.get("consent_until") and day is None):
        raise Refused("It describes a file that cannot be read.")
    return read


# The manifest ----------------------------------------------------------------------------------------------


def read_manifest(data: Any) -> Manifest:
    """Read a peer's hashes. Raises `Malformed`."""
    locales = {}
    for locale, one in _typed(data, "locales", dict).items():
        buckets = _typed(one, "buckets", list)
        if not LOCALE.match(locale) or len(buckets) != len(BUCKETS):
            raise Malformed("a language of it is not described by 256 hashes")
        if not all(isinstance(each, str) and len(each) <= 64 for each in buckets):
            raise Malformed("a hash is not a text")
        locales[locale] = LocaleManifest(_typed(one, "count", int), _typed(one, "hash", str), tuple(buckets))
    return Manifest(_typed(data, "count", int), _typed(data, "hash", str), locales)


def read_bucket(data: Any) -> list[Entry]:
    """Read the pages of one bucket. Raises `Malformed`."""
    found = []
    for one in _typed(data, "items", list):
        origin = _typed(one, "origin", dict)
        entry = Entry(
            _uuid(origin, "instance"), _uuid(origin, "key"), _typed(one, "locale", str), _typed(one, "etag", str)
        )
        if not LOCALE.match(entry.locale) or not SHA256.match(entry.etag):
            raise Malformed("a page is not named as pages are")
        found.append(entry)
    return found


# Schema versions -------------------------------------------------------------------------------------------

Upgrade = Callable[[Source], Source]

# (type, version it starts from) -> a function that returns the source in the next version.
UPGRADES: dict[tuple[str, int], Upgrade] = {}


def upgraded(source: Source, wanted: int) -> Source:
    """Return `source` in the schema version `wanted`. Raises `Refused` for a newer one, or a missing step."""
    if source["schema"] > wanted:
        raise Refused(
            f"It was made by a newer version of this software (schema {source['schema']}, here {wanted}). "
            f"It waits for your next upgrade."
        )
    while source["schema"] < wanted:
        step = UPGRADES.get((source["type"], source["schema"]))
        if step is None:
            raise Refused(f"It was made by a version that is too old (schema {source['schema']}, here {wanted}).")
        source = {**step(source), "schema": source["schema"] + 1}
    return source
