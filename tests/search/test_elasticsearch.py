"""What the search server adds: rules for each language, slips of the pen, signals, and a limit on everything."""

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from equalcity.publication import feed
from equalcity.publication.record import record
from search import analysis, indexer
from search.api import search_json
from search.backends import Widened
from search.backends.elasticsearch import analyzers, mapping
from search.documents import Document
from search.models import IndexCursor
from search.query import SearchQuery
from tests.search.conftest import PATIENT, Publish, forget
from tests.search.library import ask, settle, titles

pytestmark = [pytest.mark.elasticsearch, pytest.mark.usefixtures("search_server")]


@pytest.mark.parametrize(
    ("rule", "language", "title", "asked"),
    [
        ("stemming", "en", "Shelters for all", "sheltering"),
        ("stemming", "fr", "Travailleuses sociales", "travailleur social"),
        ("stemming", "nl", "Gesprekken", "gesprek"),
        ("stemming", "de", "Beratungen", "Beratung"),
        ("stemming", "sv", "Familjerna", "familj"),
        ("stemming", "it", "Operatori di strada", "operatore"),
        ("stemming", "ar", "المدرسة", "مدرسات"),
        ("elision", "fr", "L’accueil de nuit", "accueil"),
        ("elision", "fr", "Un lieu d'écoute", "écoute"),
        ("elision", "it", "L’ospedale", "ospedale"),
        ("folding", "fr", "Évaluée à Liège", "EVALUEE liege"),
        ("folding", "sv", "Möten på torget", "moten torget"),
        ("folding", "de", "Über die Straße", "uber strasse"),
        ("Arabic normalisation", "ar", "إدماج أُسرة", "ادماج اسره"),
        ("Arabic normalisation", "ar", "مستوى", "مستوي"),
        ("digits", "ar", "الرقم ١١٢", "112"),
        ("decompounding", "de", "Das Frauenhaus", "Frauen"),
        ("decompounding", "de", "Eine Flüchtlingsunterkunft", "Unterkünfte"),
        ("decompounding", "nl", "Vrouwenopvang", "opvang vrouwen"),
        ("decompounding", "sv", "Trygghetsvandringar", "vandring"),
        ("stop words", "en", "House women", "house of the women"),
        ("stop words", "fr", "Maison femmes", "maison de la femme"),
        ("stop words", "de", "Haus Frauen", "Haus für die Frau"),
        ("possessive", "en", "Women’s hour", "women hour"),
        ("word breaks", "en", "a_counter.of:sorts", "counter sorts"),
    ],
)
def test_rules_of_languages(publish: Publish, rule: str, language: str, title: str, asked: str) -> None:
    publish(title, language)
    settle()
    results = ask(asked, language)
    assert (titles(results), results.widened) == ([title], Widened.NO)


# Rule -> what to switch off, and a text that only this rule lets a query find.
SWITCHED_OFF: dict[str, tuple[object, str, str, str, str]] = {
    "stemming": (analyzers, "_stemmers", "en", "Shelters for all", "sheltering"),
    "elision": (analyzers, "_elision", "fr", "L’accueil de nuit", "accueil"),
    "folding": (analyzers, "_folding", "en", "A café éclair", "cafe eclair"),
    "Arabic normalisation": (analyzers, "_normalization", "ar", "إدماج أُسرة", "ادماج اسره"),
    "decompounding": (analyzers, "_decompounding", "de", "Ein Kinderfrauenhaus", "Frauen"),
}


@pytest.mark.parametrize("rule", SWITCHED_OFF)
def test_without_its_rule_it_is_not_found(search_server: Any, monkeypatch: pytest.MonkeyPatch, rule: str) -> None:
    """A rule that did nothing would not be missed: each of these is found with it, and not without.

    The stems that every engine has are left out, so that the server's own rules are alone.
    """
    module, name, language, text, asked = SWITCHED_OFF[rule]
    monkeypatch.setattr(mapping, "stems", lambda *_given: set())
    assert _found_in(search_server, language, text, asked) == (1, Widened.NO)
    monkeypatch.setattr(module, name, lambda *_given: [])
    mapping.version.cache_clear()
    try:
        _rebuild_empty(search_server)
        # At most by chance, when the query was opened further.
        assert _found_in(search_server, language, text, asked) != (1, Widened.NO)
    finally:
        forget(search_server, mapping.prefix(feed.state().instance))
        mapping.version.cache_clear()


def test_without_stop_words_more_would_be_wanted(search_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The query leaves them out, by the same list for every engine."""
    assert _found_in(search_server, "en", "House women", "the house of all the women who are here") == (1, Widened.NO)
    knows_none = dataclasses.replace(analysis.language("en"), stop=frozenset())
    monkeypatch.setattr(analysis, "language", lambda _code: knows_none)
    assert _found_in(search_server, "en", "House women", "the house of all the women who are here") != (1, Widened.NO)


def _found_in(engine: Any, language: str, text: str, asked: str) -> tuple[int, Widened]:
    """Return how many documents are found when there is one, and how far the query was opened for that."""
    nothing = dict.fromkeys(("summary", "other_words", "names", "body", "city", "evidence"), "")
    # The server remembers for a moment which numbers were removed: this one no other test has.
    number = 10**6
    engine.index([Document(number, number, "key", language, "a.Page", title=text, terms={}, published=None, **nothing)])
    engine.settle()
    results = engine.search(SearchQuery(asked, language))
    return results.total, results.widened


def _rebuild_empty(engine: Any) -> None:
    beside = engine.beside(IndexCursor.objects.get(engine=engine.name).cursor)
    beside.put_in_place([])
    IndexCursor.objects.filter(engine=engine.name).update(version=engine.version, build=beside.build)


def test_parts_of_a_compound_are_found_and_a_compound_is_not_taken_for_its_parts(publish: Publish) -> None:
    publish("Eins", "de", context="<p>Im Frauenhaus ist Platz.</p>")
    publish("Zwei", "de", context="<p>Ein Haus am See.</p>")
    settle()
    assert sorted(titles(ask("Haus", "de"))) == ["Eins", "Zwei"]
    assert titles(ask("Frauenhaus", "de")) == ["Eins"]
    assert str(ask("Frauen", "de").hits[0].highlight) == "Im <mark>Frauenhaus</mark> ist Platz."


def test_with_one_language_nothing_else_on_the_server_is_asked(
    publish: Publish, search_server: Any, settings: Any, forgotten: list[str]
) -> None:
    for number in range(3):
        publish(f"Counter {number}")
    record()
    settings.LANGUAGES = [("en", "English")]
    indexer.rebuild(engine=search_server)
    client = search_server.client.options(request_timeout=PATIENT)
    client.indices.create(index="equalcity-of-somebody-else", **mapping.body("fr", {}))
    forgotten.append("equalcity-of-somebody-else")
    client.index(index=forgotten[0], document={"locale": "fr", "key": "a key"}, refresh=True)
    assert ask("counter").facets["language"] == {"en": 3}
    assert set(ask().facets["language"]) == {"en"}


@pytest.fixture
def forgotten(search_server: Any, made_indexes: set[str]) -> Iterator[list[str]]:
    """Indexes to delete; and those of the instance, which the next test makes anew."""
    names: list[str] = []
    yield names
    search_server.client.options(request_timeout=PATIENT).indices.delete(index=names)
    for start in made_indexes:
        forget(search_server, start)


@pytest.mark.parametrize("code", ["el", "pt-br", "xx"])
def test_any_other_language_is_folded(search_server: Any, code: str) -> None:
    client = search_server.client.options(request_timeout=PATIENT)
    client.indices.create(index="equalcity-try", **mapping.body(code, {}))
    try:
        spelt = [
            [
                token["token"]
                for token in client.indices.analyze(index="equalcity-try", analyzer=name, text=analyzers.plain(text))[
                    "tokens"
                ]
            ]
            for name in ("written", "asked", "exact")
            for text in ("Ασφαλείς χώροι Ação Крёстный", "ΑΣΦΑΛΕΊΣ ΧΏΡΟΙ AÇÃO КРЁСТНЫЙ", "ασφαλεις χωροι acao крестныи")
        ]
    finally:
        client.indices.delete(index="equalcity-try")
    assert spelt == [["ασφαλεισ", "χωροι", "acao", "крестныи"]] * 9


def test_the_page_says_that_it_forgave(client: Client, publish: Publish) -> None:
    for language in ("en", "fr", "nl", "de", "sv", "it", "ar"):
        publish("Un guichet tranquille", language)
    settle()
    said = {
        "en": "spelt almost like them", "fr": "orthographe est proche", "nl": "bijna zo gespeld",
        "de": "fast gleich geschrieben", "sv": "stavas nästan likadant", "it": "quasi allo stesso modo",
        "ar": "ما يشبهها في الكتابة",
    }  # fmt: skip
    for language, sentence in said.items():
        assert sentence in client.get(f"/{language}/search/", {"q": "guihcet"}).content.decode()
        assert sentence not in client.get(f"/{language}/search/", {"q": "guichet"}).content.decode()
    assert search_json(QueryDict("q=guihcet"))["meta"]["widened"] == "spelling"


def test_words_that_stand_together_count_more(publish: Publish) -> None:
    publish("A", context="<p>Safe is the place, and there is much of a wide and green space.</p>")
    publish("B", context="<p>The place is much, and there is safe space of a wide and green.</p>")
    publish("C", context="<p>Safe and wide space is the place, and there is much of a green.</p>")
    settle()
    assert titles(ask("safe space", all_words=True)) == ["B", "C", "A"]


def test_evidence_and_newness_count_a_little(publish: Publish) -> None:
    first = publish("A counter", evidence_level="promising")
    publish("B counter", evidence_level="promising")
    publish("C counter", evidence_level="best")
    publish("D", evidence_level="best", context="<p>A counter.</p>")
    Page.objects.update(last_published_at=timezone.now())
    Page.objects.filter(pk=first.pk).update(last_published_at=timezone.now() - timedelta(days=3650))
    settle()
    assert titles(ask("counter")) == ["C counter", "B counter", "A counter", "D"]


def test_the_answer_says_who_answered(publish: Publish, client: Client) -> None:
    publish("A counter")
    settle()
    assert search_json(QueryDict("q=counter"))["engine"] == "elasticsearch"
    assert client.get("/en/search/", {"q": "counter"}).context["simplified"] is False
