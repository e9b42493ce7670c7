"""The files of the demonstration hold what they promise, before anything is loaded."""

import re
from collections import Counter

import pytest

from equalcity.demo.content import PageRecord, pages, terms
from equalcity.demo.richtext import paragraphs

SEVEN = {"en", "fr", "nl", "de", "sv", "it", "ar"}
RECORDS = pages()
PRACTICES = [record for record in RECORDS if record.type == "practice"]


def ids(text: dict[str, list[dict[str, object]]], name: str) -> list[object]:
    return [row["id"] for row in text.get(name, [])]


def test_four_cities_with_three_practices_each() -> None:
    assert Counter(record.shared["city"] for record in PRACTICES) == {
        "brussels": 3,
        "luxembourg": 3,
        "rome": 3,
        "gothenburg": 3,
    }


def test_languages_of_the_practices() -> None:
    count = Counter(language for record in PRACTICES for language in record.texts)
    assert count == {"en": 12, "fr": 12, "nl": 12, "de": 2, "sv": 2, "it": 2, "ar": 2}


@pytest.mark.parametrize(
    "record", [r for r in RECORDS if r.type not in {"practice", "manual", "chapter"}], ids=lambda r: r.key
)
def test_every_other_page_is_there_in_seven_languages(record: PageRecord) -> None:
    assert set(record.texts) == SEVEN


def test_the_manual_is_whole_in_three_languages_and_begins_in_arabic() -> None:
    manuals = [record for record in RECORDS if record.type in {"manual", "chapter"}]
    first, *rest = [set(record.texts) for record in manuals if record.type == "chapter"]
    assert [set(record.texts) for record in manuals if record.type == "manual"] == [{"en", "fr", "nl", "ar"}]
    assert (first, rest) == ({"en", "fr", "nl", "ar"}, [{"en", "fr", "nl"}] * 8)
    assert {record.shared["example"] for record in manuals} == {True}


def test_every_term_has_a_name_in_seven_languages() -> None:
    assert {term.code: set(term.names) for term in terms()} == {term.code: SEVEN for term in terms()}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.key)
def test_translations_hold_the_same_parts(record: PageRecord) -> None:
    english = record.texts["en"]
    for language, text in record.texts.items():
        assert set(text) == set(english), language
        for name in ("steps", "resources", "reviews", "adaptations", "body", "glossary"):
            assert ids(text, name) == ids(english, name), (language, name)
        assert len(text.get("summary", "")) <= 300
        assert re.fullmatch(r"[a-z0-9-]+", text["slug"]), language


@pytest.mark.parametrize("record", PRACTICES, ids=lambda record: record.key)
def test_practices_are_examples_and_name_no_real_reviewer_or_city(record: PageRecord) -> None:
    assert record.shared["example"] is True
    for text in record.texts.values():
        for adaptation in text.get("adaptations", []):
            assert re.search(r"[A-Z]\u2069?$", adaptation["place"].strip()), adaptation["place"]
    for review in record.texts["en"]["reviews"]:
        assert review["reviewer_role"].startswith("Example reviewer")
    assert record.texts["en"]["results"].startswith("In this example")


def test_plain_text_becomes_paragraphs_and_lists() -> None:
    assert paragraphs("One <b>\nline.\n\nTwo:\n- a\n- b\n  goes on\n") == (
        "<p>One &lt;b&gt; line.</p><p>Two:</p><ul><li>a</li><li>b goes on</li></ul>"
    )
