"""The documents in which the judged queries are asked: the demonstration, additional ones, and distractors.

The demonstration is partly translated. So that every language has enough to find, `documents/` adds short ones for the
languages that lack most. Distractors are made from the templates of `distractors/` with a fixed seed: they hold the
words of the queries in other senses and other company (training for sports, shelter for animals, safe in traffic), and
answer none. Every document says how people put it in other words, distractors as often as the others. Pages of the
demonstration have the terms that they are tagged with there, distractors as many, drawn with the seed: terms alone do
not tell which is which.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from benchmarks.texts import strings
from equalcity.demo.content import LOADER, PageRecord, pages, terms
from equalcity.demo.fill.pages import TYPES
from search.documents import searched_fields

HERE = Path(__file__).parent
LANGUAGES = ("en", "fr", "nl", "de", "sv", "it", "ar")
SEED = 6
DISTRACTORS = 300  # of each language
# Pages of the safe-space map came after the judgements: nobody has judged whether a place answers a need. Left in, each
# would count as wrong, and whoever mends that by judging them has seen what search finds.
LATER = {"safe_space_index", "organisation", "safe_space"}
# How fields are called in the demonstration's files where that differs from the model.
WRITTEN = {"introduction": "intro", "recordings": "recording"}
# Vocabularies that search knows a page's names from -> where the demonstration's pages name their terms.
TAGS = {
    "target_group": "target_groups",
    "theme": "themes",
    "setting": "settings",
    "role": "roles",
    "service": "services",
}
EVIDENCE = ("promising", "good", "best")


@dataclass(frozen=True)
class Text:
    """One document in one language. Translations of one share its key; `terms` holds codes by vocabulary."""

    key: str
    language: str
    title: str
    summary: str
    other_words: str
    body: str
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    evidence: str = ""

    @property
    def city(self) -> str:
        """The code of its city, empty if it has none."""
        return next(iter(self.terms.get("city", ())), "")


@cache
def corpus() -> tuple[Text, ...]:
    """Return every document in every language."""
    return tuple(text for language in LANGUAGES for text in (*real(language), *distractors(language)))


@cache
def real(language: str) -> tuple[Text, ...]:
    """Return the documents of one language that may answer a query."""
    additional = HERE / "documents" / f"{language}.yaml"
    return (*demonstration(language), *_additional(additional, language))


def demonstration(language: str) -> Iterator[Text]:
    """Yield the demonstration's pages with the fields that search reads."""
    for record in _records():
        if written := record.texts.get(language):
            body = _body(record, written)
            evidence = record.shared.get("evidence_level", "")
            yield Text(
                key=record.key,
                language=language,
                title=written["title"],
                summary=written.get("summary", ""),
                other_words="\n".join(written.get("other_words", [])),
                body=body,
                terms=_tags(record),
                evidence=evidence,
            )


def distractors(language: str, seed: int = SEED) -> Iterator[Text]:
    """Yield documents that answer no query, each title once; the same seed gives the same ones."""
    data = _read(HERE / "distractors" / f"{language}.yaml")
    chance, tagging = random.Random(f"{seed}/{language}"), random.Random(f"{seed}/{language}/terms")
    tagged = list(demonstration(language))
    titles: set[str] = set()
    while len(titles) < DISTRACTORS:
        topic = chance.choice(data["topics"])
        words = {name: chance.choice(choice) for name, choice in data["words"].items()}
        title = _filled(chance.choice(topic["titles"]), words)
        if title in titles:
            continue
        titles.add(title)
        sentences = [
            *topic["sentences"],
            *chance.sample(data["traps"], chance.randint(2, 8)),
            *chance.choice(data["topics"])["sentences"],
        ]
        chance.shuffle(sentences)
        as_many = tagging.choice(tagged)
        yield Text(
            key=f"distractor-{len(titles)}-{language}",
            language=language,
            title=title,
            summary=_filled(chance.choice(topic["summaries"]), words),
            other_words="\n".join(phrase.format(**words) for phrase in topic.get("other_words", [])),
            body=" ".join(_filled(sentence, words) for sentence in sentences),
            terms={kind: tuple(tagging.sample(_codes()[kind], len(some))) for kind, some in as_many.terms.items()},
            evidence=tagging.choice(EVIDENCE) if as_many.evidence else "",
        )


@cache
def _records() -> tuple[PageRecord, ...]:
    """Return the pages that the queries were judged by."""
    return tuple(record for record in pages() if record.type not in LATER)


def _tags(record: PageRecord) -> dict[str, tuple[str, ...]]:
    """Return the terms that a page of the demonstration is tagged with."""
    city = {"city": (record.shared["city"],)} if record.shared.get("city") else {}
    named = {kind: record.shared.get(name) or [] for kind, name in TAGS.items()}
    # The services in the annex of a mapping are rows, no terms.
    codes = {kind: tuple(one for one in some if isinstance(one, str)) for kind, some in named.items()}
    return city | {kind: some for kind, some in codes.items() if some}


@cache
def _codes() -> dict[str, list[str]]:
    """Return the codes of each vocabulary that pages are tagged with."""
    found: dict[str, list[str]] = {kind: [] for kind in ("city", *TAGS)}
    for term in terms():
        if term.vocabulary in found:
            found[term.vocabulary].append(term.code)
    return found


def _filled(template: str, words: dict[str, str]) -> str:
    text = template.format(**words)
    return text[0].upper() + text[1:]


def _additional(path: Path, language: str) -> Iterator[Text]:
    if path.exists():
        for row in _read(path):
            other_words = "\n".join(row.get("other_words", []))
            yield Text(row["key"], language, row["title"], row["summary"], other_words, row["body"])


def _body(record: PageRecord, written: dict[str, Any]) -> str:
    names = [WRITTEN.get(name, name) for name in searched_fields(TYPES[record.type]._meta.label)]
    if record.type == "campaign":
        names.append("blocks")
    return "\n".join(text for name in names for text in strings(written.get(name)))


def _read(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), LOADER)
