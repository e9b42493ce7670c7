"""The judged queries are many, spread, and name what exists."""

from collections import Counter

import pytest

from tests.relevance.corpus import DISTRACTORS, LANGUAGES, TAGS, corpus, demonstration, distractors, real
from tests.relevance.judged import KINDS, Query, harder, needs, queries

LEAST = {"queries": 120, "queries of a language": 15, "documents": 300, "documents that may answer": 40}


def test_there_are_enough_queries() -> None:
    assert len(queries()) >= LEAST["queries"]
    counted = Counter(query.language for query in queries())
    assert {language for language in LANGUAGES if counted[language] < LEAST["queries of a language"]} == set()
    assert len({(query.language, query.words) for query in queries()}) == len(queries())


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_documents(language: str) -> None:
    texts = [text for text in corpus() if text.language == language]
    assert len(texts) >= LEAST["documents"]
    assert len(real(language)) >= LEAST["documents that may answer"]
    assert len({text.key for text in texts}) == len(texts)
    assert all(text.title for text in texts)


def test_distractors_are_the_same_each_time() -> None:
    first, again = list(distractors("sv")), list(distractors("sv"))
    assert first == again
    assert len({text.title for text in first}) == DISTRACTORS
    assert [text.title for text in distractors("sv", seed=7)] != [text.title for text in first]


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_do_not_tell_what_may_answer(language: str) -> None:
    """Pages of the demonstration have their terms, distractors about as many, of the same vocabularies."""
    tagged = [text for text in demonstration(language) if text.terms]
    others = [text for text in distractors(language) if text.terms]
    assert {kind for text in tagged for kind in text.terms} == {"city", *TAGS}
    for kind in ("city", *TAGS):
        codes = [{code for text in some for code in text.terms.get(kind, ())} for some in (tagged, others)]
        assert codes[0] <= codes[1]
    shares = [
        sum(len(codes) for text in some for codes in text.terms.values()) / len(some) for some in (tagged, others)
    ]
    assert shares[0] == pytest.approx(shares[1], rel=0.4)


BOTH = pytest.mark.parametrize("some", [queries(), harder()], ids=["queries", "harder"])


@BOTH
def test_every_judgement_has_a_grade_and_a_reason_and_names_a_document(some: tuple[Query, ...]) -> None:
    known = {text.key for language in LANGUAGES for text in real(language)}
    for need in {query.need.name: query.need for query in some}.values():
        assert need.description
        assert set(need.judged) <= known, need.name
        assert all(grade in {0, 1, 2, 3} and reason for grade, reason in need.judged.values()), need.name


@BOTH
def test_every_query_can_be_answered_well(some: tuple[Query, ...]) -> None:
    assert [query.words for query in some if max(query.grades.values(), default=0) < 2] == []
    assert {query.kind for query in some} <= KINDS


def test_harder_ones_are_others() -> None:
    words = {(query.language, query.words.casefold()) for query in queries()}
    assert [query.words for query in harder() if (query.language, query.words.casefold()) in words] == []
    assert not any(query.need.held_out for query in harder())
    counted = Counter(query.language for query in harder())
    assert {language for language in LANGUAGES if counted[language] < LEAST["queries of a language"]} == set()


def test_every_kind_and_every_need_is_asked_for() -> None:
    assert {query.kind for query in queries()} == KINDS
    assert {query.need.name for query in queries()} == set(needs())


@pytest.mark.parametrize("language", LANGUAGES)
def test_about_a_third_of_each_language_is_held_out(language: str) -> None:
    asked = [query for query in queries() if query.language == language]
    held_out = [query for query in asked if query.need.held_out]
    assert 0.25 <= len(held_out) / len(asked) <= 0.4
    assert len({query.kind for query in held_out}) >= 3
