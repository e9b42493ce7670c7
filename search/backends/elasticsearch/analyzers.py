"""How Elasticsearch cuts texts into words, language by language.

Every language folds case and accents; what it knows beyond that stands in `RULES`. Stop words and parts of compounds
are those of `search/languages/`, the same for every engine; synonyms are no part of an index, they are applied to the
query. A language without rules is folded only. The server's ICU plug-in is not needed: what its own filters do not
fold, the generated `spelling` does.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from elasticsearch.dsl import analysis as dsl

from search.analysis import fold, language

# Fewer letters make parts of words that only look like parts: "rat" in "Beratung".
SHORTEST_PART = 4
SHORTEST_COMPOUND = 7

# These stand inside numbers and names, where the tokenizer would leave them, and search cuts there.
CUT = "_.:"
SOFT_HYPHEN = "\u00ad"
LATIN_END = 0x0250
ARABIC = range(0x0600, 0x0700)
# What the server's normalizer of Arabic leaves as it is.
ARABIC_LEFT = "ؤئٱکیے"
# Letters beyond these are signs that have no spelling variants.
LAST = 0x1FFF
FRENCH = ("l", "m", "t", "qu", "n", "s", "j", "d", "c", "jusqu", "quoiqu", "lorsqu", "puisqu")
ITALIAN = (
    *("c", "l", "all", "dall", "dell", "nell", "sull", "coll", "pell", "gl", "agl", "dagl", "degl", "negl", "sugl"),
    *("un", "m", "t", "s", "v", "d"),
)


@dataclass(frozen=True)
class Rules:
    """What a language needs. `articles` are left off before an apostrophe; `compounds`: long words hold short ones."""

    stemmer: str = ""
    articles: tuple[str, ...] = ()
    possessive: bool = False
    compounds: bool = False
    arabic: bool = False


RULES: Mapping[str, Rules] = MappingProxyType(
    {
        "en": Rules(stemmer="english", possessive=True),
        "fr": Rules(stemmer="light_french", articles=FRENCH),
        "nl": Rules(stemmer="dutch", compounds=True),
        "de": Rules(stemmer="light_german", compounds=True),
        "sv": Rules(stemmer="light_swedish", compounds=True),
        "it": Rules(stemmer="light_italian", articles=ITALIAN),
        "ar": Rules(stemmer="arabic", arabic=True),
    }
)


@dataclass(frozen=True)
class Analyzers:
    """`written` for texts in the index and `asked` for queries, both stemmed; `exact` for both, folded only."""

    written: dsl.CustomAnalyzer
    asked: dsl.CustomAnalyzer
    exact: dsl.CustomAnalyzer


def analyzers(code: str) -> Analyzers:
    """Return the analyzers of a configured language."""
    base = code.split("-")[0]
    rules = RULES.get(base, Rules())
    folded = [*_elision(rules), "lowercase", "decimal_digit", *_normalization(rules), *_folding()]
    stemmed = [*_stop(base), *_stemmers(rules), "remove_duplicates"]
    if rules.possessive:
        folded.insert(0, _filter("possessive", type="stemmer", language="possessive_english"))
    return Analyzers(
        written=_analyzer("written", [*folded, *_decompounding(base, rules), *stemmed]),
        # A compound that was asked for is not taken apart: any of its parts would do then.
        asked=_analyzer("asked", [*folded, *stemmed]),
        exact=_analyzer("exact", folded),
    )


def plain(text: str) -> str:
    """Return a text with every letter and its accents in one character, as the server's filters expect it."""
    return unicodedata.normalize("NFKC", text)


def _analyzer(name: str, filters: list[Any]) -> dsl.CustomAnalyzer:
    cut = dsl.char_filter("spelling", type="mapping", mappings=list(_spelling()))
    return dsl.CustomAnalyzer(name, "custom", tokenizer="standard", char_filter=[cut], filter=filters)


def _filter(name: str, **options: Any) -> Any:
    return dsl.token_filter(name, **options)


def _elision(rules: Rules) -> list[Any]:
    if not rules.articles:
        return []
    return [_filter("elided", type="elision", articles=list(rules.articles), articles_case=True)]


def _folding() -> list[Any]:
    return ["asciifolding"]


def _normalization(rules: Rules) -> list[Any]:
    return ["arabic_normalization"] if rules.arabic else []


def _decompounding(base: str, rules: Rules) -> list[Any]:
    if not rules.compounds:
        return []
    return [
        _filter(
            "compounds",
            type="dictionary_decompounder",
            word_list=list(language(base).parts),
            min_word_size=SHORTEST_COMPOUND,
            min_subword_size=SHORTEST_PART,
            only_longest_match=True,
        )
    ]


def _stop(base: str) -> list[Any]:
    words = sorted(language(base).stop)
    return [_filter("without", type="stop", stopwords=words)] if words else []


def _stemmers(rules: Rules) -> list[Any]:
    return [_filter("stems", type="stemmer", language=rules.stemmer)] if rules.stemmer else []


@cache
def _spelling() -> tuple[str, ...]:
    """Return how letters are folded that the server's own filters leave: accents of Greek, Cyrillic and others."""
    changed = [f"{character}=>\\u0020" for character in CUT] + [f"{SOFT_HYPHEN}=>"]
    for number in range(LATIN_END, LAST):
        character = chr(number)
        if number in ARABIC and character not in ARABIC_LEFT:
            continue
        if unicodedata.category(character)[0] in "LM" and fold(character) != character:
            changed.append(f"{character}=>{fold(character)}")
    return tuple(changed)
