"""How well search finds, held to floors; and what each part of the analyzer is good for.

The floors are a little below what was measured (`benchmarks/results/relevance.md`): they are missed when ranking falls.
"""

import dataclasses
import json
import os
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from benchmarks.report import RESULTS
from equalcity.publication import feed
from equalcity.publication.models import Publication
from search import analysis, backends, nearest, ranking
from search.backends import Backend, database, database_engine, search_server
from search.backends.elasticsearch.mapping import prefix
from search.indexer import rebuild
from search.query import SearchQuery
from tests.relevance.corpus import LANGUAGES, corpus
from tests.relevance.engines import by_chance, ours
from tests.relevance.filling import index
from tests.relevance.judged import Query, queries
from tests.relevance.measure import Means, Score, by_language, means, scores
from tests.search.conftest import PATIENT
from tests.search.conftest import forget as forget_indexes

pytestmark = pytest.mark.django_db

RECORDED = RESULTS / "relevance.json"
# Of the queries that ranking was tuned with.
FLOORS = {
    "sqlite": {"en": 0.845, "fr": 0.835, "nl": 0.805, "de": 0.91, "sv": 0.905, "it": 0.89, "ar": 0.9, "": 0.87},
    "postgresql": {"en": 0.845, "fr": 0.825, "nl": 0.805, "de": 0.905, "sv": 0.91, "it": 0.895, "ar": 0.89, "": 0.87},
    "elasticsearch": {"en": 0.845, "fr": 0.835, "nl": 0.79, "de": 0.905, "sv": 0.905, "it": 0.895, "ar": 0.9, "": 0.87},
}
# Of those that were held out, on every engine. They should lie at most 0.05 below the others, and lie 0.2 below: these
# floors only keep what is there. Raise them with each step towards that bound. A language has about twenty of them:
# vectors for each phrase raised all others by up to 0.1, and lost 0.03 in Italian.
HELD_OUT = {"en": 0.69, "fr": 0.58, "nl": 0.615, "de": 0.64, "sv": 0.715, "it": 0.66, "ar": 0.74, "": 0.67}


@pytest.fixture(scope="module", params=["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine(
    request: pytest.FixtureRequest, keys: Mapping[int, str], django_db_blocker: DjangoDbBlocker
) -> Iterator[Backend]:
    """Each engine in turn, its index full."""
    if request.param == "database":
        yield database_engine()
        return
    server: Any = search_server((os.environ["TEST_ELASTICSEARCH_URL"],))
    server.seconds = PATIENT
    with django_db_blocker.unblock():
        rebuild(engine=server)
        yield server
        forget_indexes(server, prefix(feed.state().instance))


@pytest.fixture(scope="module")
def of_database(keys: Mapping[int, str], django_db_blocker: DjangoDbBlocker) -> list[Score]:
    """Return the scores of the database's engine."""
    with django_db_blocker.unblock():
        return scores(ours(database_engine(), keys))


def nothing_meant(query: SearchQuery) -> tuple[None, tuple[()]]:
    """Let words alone decide."""
    return None, ()


@pytest.fixture(scope="module")
def by_words(keys: Mapping[int, str], django_db_blocker: DjangoDbBlocker) -> list[Score]:
    """Return the scores of the database's engine where words alone decide."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(backends, "meant", nothing_meant)
        return scores(ours(database_engine(), keys))


@pytest.fixture(scope="module")
def measured(
    engine: Backend, keys: Mapping[int, str], django_db_blocker: DjangoDbBlocker, request: pytest.FixtureRequest
) -> list[Score]:
    """Return the scores of an engine."""
    if engine is database_engine():
        return request.getfixturevalue("of_database")
    with django_db_blocker.unblock():
        return scores(ours(engine, keys))


@pytest.fixture(scope="module")
def summed(measured: list[Score]) -> dict[str, Means]:
    return by_language(measured)


@pytest.mark.parametrize("language", [*LANGUAGES, ""])
def test_quality_stays_above_its_floor(engine: Backend, summed: dict[str, Means], language: str) -> None:
    assert summed[language].tuned >= FLOORS[engine.name][language]


@pytest.mark.parametrize("language", [*LANGUAGES, ""])
def test_quality_of_what_was_held_out_does_not_fall(summed: dict[str, Means], language: str) -> None:
    assert summed[language].held_out >= HELD_OUT[language]


def test_stock_and_chance_are_beaten_in_every_language(summed: dict[str, Means]) -> None:
    """Stock takes minutes for all queries: the benchmark asks it, and leaves what it found. Chance is asked here."""
    recorded = json.loads(RECORDED.read_text("utf-8"))
    assert recorded["about"]["documents"] == len(corpus()), "the corpus changed: run `make bench ONLY=relevance`"
    assert recorded["about"]["queries"] == len(queries()), "queries changed: run `make bench ONLY=relevance`"
    chance = {language: one.ndcg for language, one in by_language(scores(by_chance())).items()}
    stock = [
        {language: one["ndcg"] for language, one in found.items()}
        for name, found in recorded["scores"].items()
        if name.startswith("stock")
    ]
    assert len(stock) >= 2
    for others in (chance, *stock):
        assert [one for one in LANGUAGES if summed[one].ndcg <= others[one]] == []


# What each part is for: queries that were not held out and find less without it, single ones or all of a language. All
# of them are about words, and shown by words alone: where meaning helps, one or another may be missed less.
ALL = ""
QUERY_PARTS: dict[str, tuple[Any, str, Any, list[tuple[str, str]]]] = {
    "synonyms": (backends, "alike", dict, [("sv", "nödnummer"), ("ar", "ارهاق الفريق")]),
    "a third is enough": (
        database,
        "enough",
        lambda number, query, widened: 1 if widened.value == "any" else number,
        [("nl", ALL), ("sv", ALL)],
    ),
    "close together": (ranking, "CLOSE", 0, [("en", "roles in family"), ("fr", "numero d'urgence")]),
    "how often": (ranking, "OFTEN", 0, [("it", ALL), ("ar", ALL)]),
    "what lacks": (ranking, "LACKING", 0, [("nl", ALL), ("it", ALL)]),
}
# Other spellings (ae for ä) are shown in `tests/search`: here, parts of compounds and slips find them, too.
INDEX_PARTS = {
    "parts": (
        "de",
        ["Gebärdensprachberatung", "Moscheegemeinde gegen Gewalt"],
    ),
    "irregular": ("en", ["rights of the child"]),
    "suffixes": ("fr", ["médiatrices interculturelles", "droits des enfants", "mariages forces vacances scolaires"]),
    "prefixes": ("ar", ["المساحات الآمنة", "اغتصاب فحص بدون شرطة", "ابتزاز بالصور العاريه"]),
    "stop": ("en", ["how do I ask a patient about violence when the husband comes along", "rights of the child"]),
}


def chosen(language: str, words: str) -> Query:
    [query] = [one for one in queries() if (one.language, one.words) == (language, words)]
    assert not query.need.held_out
    return query


def chosen_all(language: str) -> list[Query]:
    """Return every query of a language that ranking is tuned with."""
    return [one for one in queries() if one.language == language and not one.need.held_out]


@pytest.mark.parametrize("part", QUERY_PARTS)
def test_parts_of_the_query_are_good_for_something(
    keys: Mapping[int, str], by_words: list[Score], part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, name, without, words = QUERY_PARTS[part]
    asked = [one for code, some in words for one in (chosen_all(code) if some == ALL else [chosen(code, some)])]
    before = [one for one in by_words if one.query in asked]
    monkeypatch.setattr(backends, "meant", nothing_meant)
    monkeypatch.setattr(module, name, without)
    after = scores(ours(database_engine(), keys), asked)
    assert len(before) == len(after)
    assert means(after).ndcg < means(before).ndcg


@pytest.mark.parametrize("without", ["an order", "finding"])
def test_meaning_is_good_for_something(
    keys: Mapping[int, str], of_database: list[Score], without: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In every language taken together; finding by it helps less than ordering by it, where queries are as these."""
    if without == "an order":
        monkeypatch.setattr(ranking, "MEANING", 0)
    else:
        monkeypatch.setattr(nearest, "NEAREST", 0)
    asked = [one for language in LANGUAGES for one in chosen_all(language)]
    before = [one for one in of_database if one.query in asked]
    assert means(scores(ours(database_engine(), keys), asked)).ndcg < means(before).ndcg


@pytest.mark.parametrize("part", INDEX_PARTS)
def test_parts_of_the_analyzer_are_good_for_something(
    keys: Mapping[int, str], part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Index and ask one language with a piece of its data taken away; the index is put back when the test ends."""
    language, words = INDEX_PARTS[part]
    asked = [chosen(language, one) for one in words]
    ask = ours(database_engine(), keys)
    monkeypatch.setattr(backends, "meant", nothing_meant)
    before = scores(ask, asked)
    publications = list(Publication.objects.filter(locale=language).select_related("body"))
    whole = analysis.language
    lacking = dataclasses.replace(whole(language), **{part: type(getattr(whole(language), part))()})
    with monkeypatch.context() as patch:
        patch.setattr(analysis, "language", lambda code: lacking if code == language else whole(code))
        forget()
        index(publications)
        after = scores(ask, asked)
    forget()
    assert means(after).ndcg < means(before).ndcg


def forget() -> None:
    """Forget what was derived from the data of languages."""
    analysis.known_parts.cache_clear()
    analysis.split.cache_clear()
    analysis.stem.cache_clear()
