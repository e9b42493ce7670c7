"""One order for every engine: an engine finds candidates, and what they hold and mean decides which come first.

Each thing that was asked for is scored by itself: how well the best text holds it, and how rare it is among the
candidates. What is missing counts twice: it adds nothing, and it lowers the weight of the rest. To this is added how
near a document is to the query in meaning.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from math import log
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet

from equalcity.core.statements import statement
from search.analysis import Asked, Group, marked
from search.models import Entry
from search.nearest import Meaning

# So many candidates are put in order here; those behind them keep the order of the engine. 100 in place of them changed
# nothing on the judged queries.
RANKED = 40

# What a text is worth. In long ones it counts a little how often a word comes.
WORTH = {"title": 0.8, "summary": 0.6, "other_words": 0.7, "names": 0.2, "body": 0.1}
LONG = "body"
OFTEN = 0.6
# What the other texts that hold it add to the best one.
REST = 0.7

# How well a text holds something, from the very word to a piece of what was meant.
EXACT, PHRASE, STEM, TOGETHER, PARTS, ALIKE = 1.2, 1.1, 0.85, 0.7, 0.5, 0.5
SPREAD, LOOSE, PIECE, PART = 0.5, 0.3, 0.35, 0.1
# Below this it is a piece, or only means the same: it makes nothing less rare, and counts that much as if it was there.
WHOLE = 0.6
PIECES = 0.4

# How much a document loses that lacks something; what words add that stand close together, with up to so many between.
LACKING = 0.6
CLOSE = 0.3
NEAR = 3

# What a cosine of 1 is worth, where the best of the words is worth 1. Those of one query lie within about 0.1.
MEANING = 15.0

# Mild signals: how much a score grows at most, and after how many days newness is worth half.
EVIDENCE = {"best": 0.15, "good": 0.1, "promising": 0.05}
NEWNESS = 0.1
HALF_LIFE = 1095


class Written:
    """One text of a document as `analysis.indexed` wrote it, with a space before and after each word."""

    def __init__(self, words: str) -> None:
        self.words = f" {words} "

    def holds(self, pieces: Sequence[str]) -> bool:
        """Return whether all of these words or phrases are there, each with its spaces."""
        return all(piece in self.words for piece in pieces)

    def close(self, first: str, second: str) -> bool:
        """Return whether two words stand close together in this order."""
        if first not in self.words or second not in self.words:
            return False
        return re.search(rf"{first}(?:\S+ ){{0,{NEAR}}}{second[1:]}", self.words) is not None


@dataclass(frozen=True)
class Wanted:
    """What a query asks for: in words, as documents of each language hold them, and in meaning.

    `meaning` is None where it decides nothing, and `near` then names nothing: publications in the reader's language
    that are results beside those that hold the words. `forgave`: a slip of the pen was.
    """

    everywhere: Sequence[Asked] = ()
    forgave: bool = False
    meaning: Meaning | None = None
    near: Sequence[int] = ()


@dataclass(frozen=True)
class Candidate:
    """A document that an engine has found; `gain` is how much its score grows for what it is and not for its words."""

    publication: int
    language: str
    texts: Mapping[str, Written]
    gain: float = 0

    @property
    def title(self) -> str:
        """The words of its title, by which those that answer equally well follow each other."""
        return self.texts["title"].words if "title" in self.texts else ""


@dataclass(frozen=True)
class Thing:
    """One thing that was asked for, ready to be looked for: its forms, the best one first.

    A form is what it is worth, and the words or phrases that all have to be there.
    """

    forms: tuple[tuple[float, tuple[str, ...]], ...]
    stems: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, group: Group) -> "Thing":
        stems = tuple(spaced(marked(stem)) for _word, stem in group.words)
        forms: list[tuple[float, tuple[str, ...]]]
        if len(stems) == 1:
            forms = [(EXACT, (spaced(group.words[0][0]),)), (STEM, stems)]
        else:
            whole = spaced(*(marked(stem) for _word, stem in group.words))
            forms = [(PHRASE, (whole,)), (TOGETHER, stems), *((PIECE, (stem,)) for stem in stems)]
        for phrase in group.alike:
            forms.append((ALIKE, (spaced(*map(marked, phrase)),)))
            if len(phrase) > 1:
                forms.append((LOOSE, tuple(spaced(marked(stem)) for stem in phrase)))
        parts = tuple(tuple(spaced(marked(stem)) for stem in part) for part in group.parts)
        return cls(tuple(sorted(forms, key=itemgetter(0), reverse=True)), stems, parts)

    def held(self, candidate: Candidate) -> tuple[float, bool]:
        """Return how well a document holds this, 0 for not at all, and whether it holds all of it."""
        values, best = [], 0.0
        for name, written in candidate.texts.items():
            value, pieces = next((form for form in self.forms if written.holds(form[1])), (0.0, ()))
            best = max(best, value)
            if value and name == LONG:
                value *= 1 + OFTEN * log(max(written.words.count(pieces[0]), 1))
            values.append(value * WORTH[name])
        top = max(values, default=0.0)
        score = top + REST * (sum(values) - top)
        if best < WHOLE and len(self.stems) > 1:
            # A phrase may be spread over several texts.
            spread = _best_places(candidate, [(stem,) for stem in self.stems])[0]
            score, best = max(score, spread * SPREAD), WHOLE if spread else best
        parts, all_parts = self._parts(candidate) if best < WHOLE and self.parts else (0.0, False)
        return max(score, parts), best >= WHOLE or all_parts

    def _parts(self, candidate: Candidate) -> tuple[float, bool]:
        """Return what the parts of a compound are worth where they stand apart, and whether all are there."""
        whole, mean = _best_places(candidate, self.parts)
        return (whole * PARTS, True) if whole else (mean * PART, False)


def spaced(*words: str) -> str:
    """Return words as they stand in a text, with a space before and after."""
    return f" {' '.join(words)} "


def best_first(candidates: Sequence[int], wanted: Wanted, own: str) -> list[int]:
    """Return publications in their order: the reader's own language first, and there the best. One query.

    What is past the first `RANKED`, or has no text here, keeps its place behind.
    """
    asked_of = {one.language: one for one in wanted.everywhere}
    read = {one.publication: one for one in _read(candidates[:RANKED])}
    near = wanted.meaning.nearness(list(read)) if wanted.meaning else dict.fromkeys(read, 0.0)
    scores: dict[int, float] = {}
    for language in {one.language for one in read.values()} & asked_of.keys():
        some = [read[pk] for pk in candidates[:RANKED] if pk in read and read[pk].language == language]
        by_words = scored(some, asked_of[language])
        best = max(by_words, default=0) or 1
        scores |= {
            one.publication: score / best + MEANING * near[one.publication]
            for one, score in zip(some, by_words, strict=True)
        }
    first = sorted(scores, key=lambda pk: (read[pk].language != own, -scores[pk], read[pk].title))
    return [*first, *(pk for pk in candidates if pk not in scores)]


def scored(candidates: Sequence[Candidate], asked: Asked) -> list[float]:
    """Return how well each of these documents of one language answers."""
    things = [Thing.of(group) for group in asked.groups]
    held = [[thing.held(candidate) for thing in things] for candidate in candidates]
    rarity = [log(1 + len(candidates) / (sum(one[number][1] for one in held) or 0.5)) for number in range(len(things))]
    pairs = list(dict.fromkeys(pairwise(spaced(marked(stem)) for _word, stem in asked.words)))
    return [
        _score(candidate, one, rarity, pairs) * (1 + candidate.gain)
        for candidate, one in zip(candidates, held, strict=True)
    ]


def _score(
    candidate: Candidate,
    held: Sequence[tuple[float, bool]],
    rarity: Sequence[float],
    pairs: Sequence[tuple[str, str]],
) -> float:
    total = sum(value * rare for (value, _whole), rare in zip(held, rarity, strict=True))
    there = sum(
        rare * (1 if whole else PIECES) for (value, whole), rare in zip(held, rarity, strict=True) if value
    ) / sum(rarity)
    close = [
        max((WORTH[name] for name, text in candidate.texts.items() if text.close(*pair)), default=0) for pair in pairs
    ]
    return total * there**LACKING * (1 + CLOSE * (sum(close) / len(close) if close else 0))


def _best_places(candidate: Candidate, pieces: Sequence[Sequence[str]]) -> tuple[float, float]:
    """Return the mean worth of the best text of each piece if all are somewhere, else 0; and the mean in any case."""
    best = [
        max(
            (WORTH[name] for name, text in candidate.texts.items() if any(one in text.words for one in piece)),
            default=0.0,
        )
        for piece in pieces
    ]
    mean = sum(best) / len(best)
    return mean if all(best) else 0.0, mean


def _read(publications: Sequence[int]) -> list[Candidate]:
    return [
        Candidate(pk, language, {name: Written(text) for name, text in zip(WORTH, texts, strict=True) if text},
                  _gain(evidence, published))
        for pk, language, *texts, evidence, published in _entries(list(publications))
    ]  # fmt: skip


@statement
def _entries(publications: list[int]) -> "QuerySet[Entry, Any]":
    return Entry.objects.filter(publication__id__among=publications).values_list(
        "pk", "language", *WORTH, "publication__evidence", "publication__last_published_at"
    )


def _gain(evidence: str, published: datetime | None) -> float:
    """Return what evidence and newness add to a score: newness to the day, so that nothing changes within one."""
    days = max((datetime.now(UTC).date() - published.date()).days, 0) if published else None
    return EVIDENCE.get(evidence, 0) + (NEWNESS * 0.5 ** (days / HALF_LIFE) if days is not None else 0)
