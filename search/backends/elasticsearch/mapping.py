"""What an index holds of a document, and what it is called.

An index knows in its `_meta` by which rules it was written. Aliases are what searches and updates speak to, so that an
index can be written beside and put in place in one step.
"""

import hashlib
import json
import uuid
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.conf import settings
from elasticsearch.dsl import Date, Index, Keyword, Long, Mapping, Text

from search.analysis import VERSION, stems
from search.backends.elasticsearch.analyzers import Analyzers, analyzers, plain
from search.documents import Document
from search.facets import TERMS

# Texts and how much a word counts in each.
WEIGHTS = {"title": 8, "other_words": 4, "names": 4, "summary": 3, "body": 1}
STEMS = "stems"
# Facets that stand in the index under their own names; who uses a practice is known by its roles.
KEYWORDS = ("key", "locale", "type", "city", "evidence", *TERMS)
SETTINGS = {
    "number_of_shards": 1,
    # On one node there is nowhere to copy to; on more there is one copy.
    "auto_expand_replicas": "0-1",
    # A writer that slept must not bring back what was removed meanwhile.
    "gc_deletes": "1h",
    "max_result_window": 10_000,
    # Long texts are not worse, and a word that comes often says little more than one that is there.
    "similarity": {"default": {"type": "BM25", "b": 0.3, "k1": 0.4}},
}


def mapping(code: str) -> Mapping:
    """Return the fields of the index of one language."""
    rules = analyzers(code)
    fields = Mapping()
    fields.meta("dynamic", "strict")
    fields.field("publication", Long())
    fields.field("published", Date())
    for name in KEYWORDS:
        fields.field(name, Keyword())
    for name in WEIGHTS:
        fields.field(name, _text(name, rules))
    # The stems by which every engine finds, and by which what is found is put in order: only whether they are there.
    fields.field(STEMS, Text(analyzer="whitespace", index_options="docs", norms=False))
    return fields


def body(code: str, meta: dict[str, str]) -> dict[str, Any]:
    """Return what an index of one language is created with; `meta` says by whom."""
    fields = mapping(code)
    fields.meta("_meta", meta)
    made = Index("any")
    made.settings(**SETTINGS)
    made.mapping(fields)
    return dict(made.to_dict())


@cache
def version(languages: tuple[str, ...]) -> str:
    """Return the name of the present rules: a hash of all that the indexes are made with."""
    everything = {"words": VERSION, **{code: body(code, {}) for code in languages}}
    return hashlib.sha256(json.dumps(everything, sort_keys=True).encode()).hexdigest()[:16]


def source(document: Document) -> dict[str, Any]:
    """Return a document as it stands in its index; what is empty is left out."""
    held = {
        "publication": document.publication,
        "published": document.published.isoformat() if document.published else None,
        "key": document.key,
        "locale": document.language,
        "type": document.type,
        "city": document.city,
        "evidence": document.evidence,
        **{facet: list(document.terms.get(vocabulary, ())) for facet, vocabulary in TERMS.items()},
        **{name: plain(getattr(document, name)) for name in WEIGHTS},
        STEMS: " ".join(sorted(stems("\n".join(getattr(document, name) for name in WEIGHTS), document.language))),
    }
    return {name: value for name, value in held.items() if value}


def languages() -> tuple[str, ...]:
    """Return the languages that have an index."""
    return tuple(code for code, _name in settings.LANGUAGES)


def prefix(instance: uuid.UUID) -> str:
    """Return how the names of this instance's indexes begin: several may share a cluster."""
    return f"equalcity-{instance.hex}"


def alias(instance: uuid.UUID, code: str) -> str:
    """Return what searches call the index of a language."""
    return f"{prefix(instance)}-{code}"


def new_build() -> str:
    """Return a name for indexes that are about to be written; names sort by time."""
    return f"{datetime.now(UTC):%Y%m%d%H%M%S}-{uuid.uuid4().hex[:8]}"


def _text(name: str, rules: Analyzers) -> Text:
    exact: dict[str, Any] = {"analyzer": rules.exact}
    if name == "title":
        # Suggestions look for beginnings.
        exact["index_prefixes"] = {"min_chars": 2, "max_chars": 12}
    fields: dict[str, Any] = {"exact": Text(**exact)}
    if name == "title":
        fields["raw"] = Keyword()
    return Text(analyzer=rules.written, search_analyzer=rules.asked, fields=fields)
