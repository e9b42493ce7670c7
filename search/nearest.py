"""The pages of a language that are nearest to a query in meaning: people often use no word that the page has.

Each process keeps the vectors of a language once somebody has asked in it, two kilobytes a page. With every search it
reads those that were made since; now and then all of them, and what was withdrawn is gone. Until then it takes no place
either: the nearest are chosen among what may be shown right now, as if nothing else were there.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from equalcity.core.statements import statement
from equalcity.publication.models import Publication
from equalcity.publication.predicate import delivered
from search.embedding import DIMENSIONS, Floats, cosines, unit_vectors
from search.models import Entry

# So many are looked at beside what the words have found. More of them changed no order (docs/decisions/0010).
NEAREST = 5
# So many are asked at once whether they may be shown: nearly always one question is enough.
ASKED = 50
# What is written at the same time appears in any order: so much is read again.
OVERLAP = timedelta(minutes=1)
# After so long all are read anew.
LASTING = timedelta(minutes=10)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Vectors:
    """The vectors of one language, one row for each publication: all of them `read_at` a time, and what was made since.

    `made_until` is when the youngest was made, `asked_at` when somebody last looked for more. Times in UTC.
    """

    publications: tuple[int, ...] = ()
    units: Floats = field(default_factory=lambda: unit_vectors(b""), repr=False)
    made_until: datetime = LONG_AGO
    asked_at: datetime = LONG_AGO
    read_at: datetime = LONG_AGO

    def nearest(self, query: Floats) -> list[int]:
        """Return the publications that are nearest to a query among those that may be shown, the nearest first."""
        in_order = [
            self.publications[number] for number in np.argsort(-cosines(self.units, query), kind="stable").tolist()
        ]
        found: list[int] = []
        for start in range(0, len(in_order), ASKED):
            some = in_order[start : start + ASKED]
            shown = set(_shown(some, timezone.now()))
            found += [pk for pk in some if pk in shown]
            if len(found) >= NEAREST:
                break
        return found[:NEAREST]

    def with_those_since(self, language: str, now: datetime) -> "Vectors":
        """Return them with what was made meanwhile. One query, and most times of nothing."""
        since = min(self.made_until, self.asked_at - OVERLAP)
        read = _made_since(language, since)
        new = {pk: (bytes(row), at) for pk, row, at in read if row and at and len(row) == DIMENSIONS}
        if not new:
            return replace(self, asked_at=now)
        made_now = unit_vectors(b"".join(row for row, _at in new.values()))
        held = dict(zip(self.publications, self.units, strict=True)) | dict(zip(new, made_now, strict=True))
        until = max(at for _row, at in new.values())
        return Vectors(tuple(held), np.stack(list(held.values())), until, now, self.read_at)


@statement
def _made_since(language: str, since: datetime) -> "QuerySet[Entry, Any]":
    made = Entry.objects.filter(language=language, embedding__isnull=False, embedded_at__gt=since)
    return made.values_list("pk", "embedding", "embedded_at")


@statement
def _shown(publications: list[int], now: datetime) -> "QuerySet[Publication, int]":
    return delivered(Publication.objects.filter(pk__among=publications), now).values_list("pk", flat=True)


# Of this process, by database and language.
_kept: dict[tuple[str, str], Vectors] = {}


def vectors_of(language: str) -> Vectors:
    """Return the vectors of a language as they are now."""
    name = (str(connection.settings_dict["NAME"]), language)
    now = timezone.now()
    kept = _kept.get(name, Vectors())
    if now - kept.read_at > LASTING:
        kept = Vectors(read_at=now)
    _kept[name] = kept = kept.with_those_since(language, now)
    return kept


def forget() -> None:
    """Forget all that was read: another database has the name of the one before."""
    _kept.clear()
