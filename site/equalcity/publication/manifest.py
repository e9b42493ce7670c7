"""What an instance holds, as hashes: two that compare theirs know in two requests whether they hold the same.

An entry is a page in one language under its identity, (instance it comes from, its key there, language), with the etag
of its source; two instances that hold the same text have the same entry, whatever their own keys are. Entries fall into
256 buckets by the first two hexadecimal digits of that key, as the leaves of a Merkle tree do: only buckets whose
hashes differ are read.

A bucket's hash is the first 32 hexadecimal digits of the SHA-256 of its lines `instance/key/locale etag` in their
order, each ended by a line feed; that of a language, of its 256 bucket hashes joined; that of all, of the hashes of
the languages in their order. A bucket without entries has the empty text as its hash.
"""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from equalcity.publication.models import Publication
from equalcity.publication.predicate import delivered

BUCKETS = tuple(f"{number:02x}" for number in range(256))


@dataclass(frozen=True, order=True)
class Entry:
    """A page in one language, and the etag of its source."""

    instance: uuid.UUID
    key: uuid.UUID
    locale: str
    etag: str

    @property
    def bucket(self) -> str:
        return self.key.hex[:2]

    @property
    def line(self) -> str:
        return f"{self.instance}/{self.key}/{self.locale} {self.etag}\n"


@dataclass(frozen=True)
class LocaleManifest:
    """How many pages there are in one language, their hash, and the hash of each of the 256 buckets."""

    count: int
    hash: str
    buckets: tuple[str, ...]


@dataclass(frozen=True)
class Manifest:
    """All languages, by their code."""

    count: int
    hash: str
    locales: dict[str, LocaleManifest]


def published(
    locales: Collection[str] = (), subtree: uuid.UUID | None = None, bucket: str | None = None
) -> Iterator[Entry]:
    """Yield what this instance publishes: the pages of the feed that are public right now. One query."""
    wanted = Q(kind="page", original=None)
    if locales:
        wanted &= Q(locale__in=locales)
    if subtree:
        wanted &= Q(trail__contains=f"/{subtree}/")
    if bucket:
        wanted &= Q(origin_key__gte=uuid.UUID(f"{bucket}{'0' * 30}"), origin_key__lte=uuid.UUID(f"{bucket}{'f' * 30}"))
    rows = delivered(Publication.objects.filter(wanted))
    for row in rows.values_list("origin_instance", "origin_key", "locale", "source_etag").iterator():
        yield Entry(*row)


def manifest(entries: Iterable[Entry]) -> Manifest:
    """Return the hashes of these entries."""
    sorted_in: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        sorted_in[entry.locale][entry.bucket].append(entry)
    found = {locale: _of_locale(sorted_in[locale]) for locale in sorted(sorted_in)}
    return Manifest(sum(one.count for one in found.values()), _hash("".join(one.hash for one in found.values())), found)


def _of_locale(buckets: dict[str, list[Entry]]) -> LocaleManifest:
    hashes = tuple(
        _hash("".join(entry.line for entry in sorted(buckets[name]))) if name in buckets else "" for name in BUCKETS
    )
    return LocaleManifest(sum(map(len, buckets.values())), _hash("".join(hashes)), hashes)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
