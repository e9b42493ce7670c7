"""The pages that are nearest to a query in meaning: people often use no word that a page has.

A page is as near as the three nearest of all that it says it is about in its language: its title, its summary, each of
its other words, and all of these together.

Each process keeps the vectors once somebody has searched, a kilobyte and a half each. With every search it reads those
that were made since; now and then all of them, and what was withdrawn is gone. Until then it takes no place either: the
nearest are chosen among what may be shown right now, as if nothing else were there. What was changed counts by what it
said before until its vectors are made anew.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from statistics import fmean
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from numpy.typing import NDArray

from equalcity.core.statements import statement
from equalcity.publication.models import Publication
from equalcity.publication.predicate import delivered
from search.embedding import DIMENSIONS, Floats, cosines, unit_vectors
from search.models import Entry

# So many are looked at beside what the words have found. More of them changed no order (docs/decisions/0010).
NEAREST = 5
# So many of what a page says tell how near it is: one alone may be near by chance.
TELLING = 3
# So many are asked at once whether they may be shown: nearly always one question is enough.
ASKED = 50
# What is written at the same time appears in any order: so much is read again.
OVERLAP = timedelta(minutes=1)
# After so long all are read anew.
LASTING = timedelta(minutes=10)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Said:
    """What one publication says it is about, one vector of length 1 in each row, made at a time (UTC)."""

    language: str
    made_at: datetime
    units: Floats = field(repr=False)


@dataclass(frozen=True)
class Shelf:
    """What the publications of one language say; `of` tells for each row which of them says it."""

    publications: tuple[int, ...]
    units: Floats
    of: NDArray[np.intp]

    def nearest_first(self, query: Floats) -> list[int]:
        """Return the publications in the order of how near they are to a query."""
        near = means(cosines(self.units, query), self.of)
        return [self.publications[number] for number in np.argsort(-near, kind="stable").tolist()]


@dataclass(frozen=True)
class Library:
    """What all publications say, by their primary keys."""

    said: Mapping[int, Said] = field(default_factory=dict, repr=False)

    @cached_property
    def shelves(self) -> Mapping[str, Shelf]:
        """What is said in each language."""
        chosen: defaultdict[str, list[int]] = defaultdict(list)
        for pk, one in self.said.items():
            chosen[one.language].append(pk)
        return {language: self._shelf(some) for language, some in chosen.items()}

    def nearest(self, query: Floats, language: str) -> list[int]:
        """Return the publications in a language that are nearest to a query and may be shown, the nearest first.

        One database query, nearly always.
        """
        in_order = self.shelves[language].nearest_first(query) if language in self.shelves else []
        found: list[int] = []
        for start in range(0, len(in_order), ASKED):
            some = in_order[start : start + ASKED]
            shown = set(_shown(some, timezone.now()))
            found += [pk for pk in some if pk in shown]
            if len(found) >= NEAREST:
                break
        return found[:NEAREST]

    def nearness(self, query: Floats, publications: Sequence[int]) -> dict[int, float]:
        """Return how near publications are to a query, as cosines.

        What has no vectors yet is taken to be as near as the others are on average. Without any all are as near.
        """
        known = [pk for pk in publications if pk in self.said]
        if not known:
            return dict.fromkeys(publications, 0.0)
        shelf = self._shelf(known)
        near = dict(zip(known, means(cosines(shelf.units, query), shelf.of).tolist(), strict=True))
        mean = fmean(near.values())
        return {pk: near.get(pk, mean) for pk in publications}

    def _shelf(self, publications: Sequence[int]) -> Shelf:
        rows = [self.said[pk].units for pk in publications]
        of = np.repeat(np.arange(len(rows)), [len(one) for one in rows])
        return Shelf(tuple(publications), np.concatenate(rows), of)


@dataclass(frozen=True)
class Kept:
    """A library, all of it `read_at` a time, and what was made since.

    `made_until` is when the youngest was made, `asked_at` when somebody last looked for more. Times in UTC.
    """

    library: Library = field(default_factory=Library)
    made_until: datetime = LONG_AGO
    asked_at: datetime = LONG_AGO
    read_at: datetime = LONG_AGO

    def with_those_since(self, now: datetime) -> "Kept":
        """Return it with what was made meanwhile. One query, and most times of nothing."""
        since = min(self.made_until, self.asked_at - OVERLAP)
        read = _made_since([code for code, _name in settings.LANGUAGES], since)
        held = self.library.said
        new = {
            pk: Said(language, made_at, unit_vectors(bytes(rows)))
            for pk, language, made_at, rows in read
            if rows and len(rows) % DIMENSIONS == 0 and not (pk in held and held[pk].made_at == made_at)
        }
        if not new:
            return replace(self, asked_at=now)
        until = max(self.made_until, *(one.made_at for one in new.values()))
        return Kept(Library({**held, **new}), until, now, self.read_at)


@dataclass(frozen=True)
class Meaning:
    """What a query means, and what it is compared with."""

    query: Floats = field(repr=False)
    library: Library

    def nearness(self, publications: Sequence[int]) -> dict[int, float]:
        """Return how near publications are to it, as cosines."""
        return self.library.nearness(self.query, publications)


def means(near: Floats, of: NDArray[np.intp]) -> Floats:
    """Return for each group the mean of the few highest values in it; `of` numbers the groups from 0, none empty."""
    order = np.lexsort((-near, of))
    near, of = near[order], of[order]
    firsts = np.searchsorted(of, np.arange(of[-1] + 1))
    telling = np.arange(len(of)) - firsts[of] < TELLING
    sums = np.bincount(of[telling], weights=near[telling])
    found: Floats = (sums / np.bincount(of[telling])).astype(np.float32)
    return found


# Of this process, by database.
_kept: dict[str, Kept] = {}


def library() -> Library:
    """Return what all publications say as it is now."""
    name = str(connection.settings_dict["NAME"])
    now = timezone.now()
    kept = _kept.get(name, Kept())
    if now - kept.read_at > LASTING:
        kept = Kept(read_at=now)
    _kept[name] = kept = kept.with_those_since(now)
    return kept.library


def forget() -> None:
    """Forget all that was read: another database has the name of the one before."""
    _kept.clear()


@statement
def _made_since(languages: list[str], since: datetime) -> "QuerySet[Entry, Any]":
    # Languages are named because the index begins with them; without, the whole table would be read.
    made = Entry.objects.filter(language__among=languages, embedded_at__gt=since).exclude(embedding=None)
    return made.values_list("pk", "language", "embedded_at", "embedding")


@statement
def _shown(publications: list[int], now: datetime) -> "QuerySet[Publication, int]":
    return delivered(Publication.objects.filter(pk__among=publications), now).values_list("pk", flat=True)
