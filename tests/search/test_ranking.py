"""What comes first, whatever the engine: judged on texts alone."""

import pytest

from search.analysis import asked, indexed, phrase
from search.ranking import Candidate, Written, scored

ENGLISH = "en"


def order(words: str, *documents: dict[str, str], language: str = ENGLISH, alike: str = "") -> list[int]:
    """Return the numbers of documents in their order; `alike`: two phrases that mean the same, with a bar between."""
    candidates = [
        Candidate(number, language, {name: Written(indexed(text, language)) for name, text in one.items()})
        for number, one in enumerate(documents)
    ]
    first, _bar, second = alike.partition("|")
    same = {phrase(first, language): ((phrase(second, language), second),)} if alike else {}
    scores = scored(candidates, asked(words, language, same))
    return sorted(range(len(documents)), key=lambda number: -scores[number])


def test_title_before_summary_before_names_before_body() -> None:
    texts = [{name: "An oasis", "title" if name != "title" else "body": "A garden"} for name in
             ("body", "names", "summary", "title")]  # fmt: skip
    assert order("oasis", *texts) == [3, 2, 1, 0]


def test_what_people_say_instead_counts_between_title_and_names() -> None:
    texts = [{name: "An oasis", "title" if name != "title" else "body": "A garden"} for name in
             ("body", "names", "other_words", "title")]  # fmt: skip
    assert order("oasis", *texts) == [3, 2, 1, 0]


def test_the_very_word_before_a_form_of_it_before_what_means_the_same() -> None:
    texts = [{"title": "A refuge"}, {"title": "Shelters"}, {"title": "A shelter"}]
    assert order("shelter", *texts, alike="shelter|refuge") == [2, 1, 0]


def test_all_things_before_one_that_stands_out() -> None:
    assert order("counter night", {"title": "A counter"}, {"summary": "A counter at night"}) == [1, 0]


def test_what_is_rare_counts_more() -> None:
    texts = [{"title": "A counter"}, {"title": "A zeppelin"}, *({"title": "A counter"},) * 5]
    assert order("counter zeppelin", *texts)[0] == 1


def test_words_that_stand_together_count_more() -> None:
    far = "a garden and then very much that is to be said before there is an oasis"
    assert order("garden oasis", {"title": far}, {"title": "a garden with an oasis and very much that is said"}) == [
        1,
        0,
    ]


def test_what_comes_often_in_a_long_text_counts_more() -> None:
    assert order("oasis", {"body": "An oasis, a garden."}, {"body": "An oasis, an oasis."}) == [1, 0]


@pytest.mark.parametrize(
    ("first", "second"),
    [("Die Stunde der Frauen", "Die Stunde"), ("Frauen, und viele andere, eine ganze Stunde", "Stunde um Stunde")],
)
def test_the_parts_of_a_compound_may_stand_apart(first: str, second: str) -> None:
    assert order("Frauenstunde", {"title": second}, {"title": first}, language="de") == [1, 0]


def test_a_part_may_be_replaced_by_what_means_the_same() -> None:
    texts = [{"title": "Politie"}, {"title": "Vorming voor de politie"}]
    assert order("politieopleiding", *texts, language="nl", alike="opleiding|vorming") == [1, 0]


def test_a_phrase_before_its_words_before_a_piece_of_it() -> None:
    texts = [{"title": "A space"}, {"title": "A space that nobody calls very safe"}, {"title": "A safe space"}]
    assert order("safe space", *texts, alike="safe space|haven") == [2, 1, 0]
