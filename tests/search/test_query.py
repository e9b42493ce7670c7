"""Whatever comes from outside is a sound query or a clear refusal."""

import pytest
from django.http import QueryDict

from search.query import FACETS, MAX_CHARACTERS, MAX_VALUES, BadQuery, SearchQuery, parse

KNOWN = {facet: {} for facet in FACETS} | {
    "city": dict.fromkeys([f"city-{n}" for n in range(1000)] + ["rome", "brussels"], ""),
    "theme": {"disclosure": ""},
    "language": {"en": "", "fr": ""},
}


def read(text: str) -> SearchQuery:
    return parse(QueryDict(text), "en", KNOWN)


def test_an_empty_query() -> None:
    assert read("") == SearchQuery(words="", language="en", filters={}, page=1)


def test_every_part_is_read() -> None:
    assert read("q=safe++space&city=rome&city=brussels&theme=disclosure&language=fr&page=3") == SearchQuery(
        words="safe space",
        language="en",
        filters={"city": ("rome", "brussels"), "theme": ("disclosure",), "language": ("fr",)},
        page=3,
    )


def test_white_space_empty_values_repetitions_and_foreign_parameters_do_not_matter() -> None:
    assert read("q=%09safe%0A+space%20&city=&city=rome&city=rome&page=&utm_source=x&s=y") == read(
        "q=safe+space&city=rome"
    )


@pytest.mark.parametrize(
    "text", ["", "q=a+b", "q=%C3%A9&city=rome&page=2", "city=rome&city=brussels&theme=disclosure", "q=%26%3D%23%25%2B"]
)
def test_parameters_are_written_as_they_were_read(text: str) -> None:
    assert read(text).encoded == text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("q=%00", "characters that cannot be searched"),
        ("q=a%00b", "characters that cannot be searched"),
        ("q=%1B%5B31m", "characters that cannot be searched"),
        ("q=a%7Fb", "characters that cannot be searched"),
        ("q=" + "a" * 10_000, f"longer than {MAX_CHARACTERS} characters"),
        ("&".join(f"city=city-{n}" for n in range(1000)), f"at most {MAX_VALUES} values"),
        ("city=atlantis", "does not exist"),
        ("city=rome%00", "does not exist"),
        ("evidence=rome", "does not exist"),
        ("page=abc", "whole number"),
        ("page=1.5", "whole number"),
        ("page=-1", "whole number"),
        ("page=%D9%A1", "whole number"),
        ("page=12345678901234567890", "whole number"),
        ("page=0", "between 1 and"),
        ("page=501", "between 1 and"),
    ],
)
def test_hostile_input_is_refused_with_a_sentence_that_holds_none_of_it(text: str, says: str) -> None:
    with pytest.raises(BadQuery, match=says) as refused:
        read(text)
    assert "atlantis" not in str(refused.value)


def test_lone_surrogates_are_refused() -> None:
    data = QueryDict(mutable=True)
    data["q"] = "a\ud800b"
    with pytest.raises(BadQuery, match="characters that cannot be searched"):
        parse(data, "en", KNOWN)


@pytest.mark.parametrize(
    "words", ['"unbalanced', "a AND (b", "* OR *", "NEAR(a b)", "title:x", "a:*|b & !c", "' -- ;", "\u200fسلام"]
)
def test_the_languages_of_engines_are_just_words(words: str) -> None:
    data = QueryDict(mutable=True)
    data["q"] = words
    assert parse(data, "en", KNOWN).words == words


def test_a_value_is_toggled_and_the_page_starts_anew() -> None:
    query = read("q=a&city=rome&page=2")
    assert query.toggle("city", "brussels").encoded == "q=a&city=rome&city=brussels"
    assert query.toggle("city", "rome").encoded == "q=a"
    assert query.at(4).encoded == "q=a&city=rome&page=4"
