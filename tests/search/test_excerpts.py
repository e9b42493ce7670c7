"""Excerpts show why something was found, in the words of the text, and can do no harm."""

from hypothesis import given
from hypothesis import strategies as st

from search.analysis import WORD, asked, phrase
from search.excerpts import CLOSE, LENGTH, Excerpts


def shown(text: str, words: str, code: str = "en", *, prefixes: bool = False) -> str:
    return str(Excerpts(asked(words, code), prefixes=prefixes).of(text))


def test_words_are_marked_as_they_were_written() -> None:
    assert shown("Les personnes évaluées ici.", "EVALUEE", "fr") == "Les personnes <mark>évaluées</mark> ici."
    assert shown("مكان أَمَان للجميع", "امان", "ar") == "مكان <mark>أَمَان</mark> للجميع"


def test_everything_else_is_escaped() -> None:
    text = '<script>alert("x")</script> safe & <mark>sound</mark>'
    assert shown(text, "safe") == (
        "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; <mark>safe</mark> &amp; &lt;mark&gt;sound&lt;/mark&gt;"
    )
    assert shown("a <b>safe</b>", "safe script") == "a &lt;b&gt;<mark>safe</mark>&lt;/b&gt;"


def test_the_stretch_with_most_different_words_is_shown() -> None:
    text = "A safe start. " + "Nothing of it here. " * 40 + "Here a safe counter stands." + " And then more." * 40
    result = shown(text, "safe counter")
    assert "<mark>safe</mark> <mark>counter</mark> stands." in result
    assert result.startswith("… ")
    assert result.endswith(" …")
    assert len(result) < LENGTH + 80


def test_words_are_not_cut_and_lines_become_spaces() -> None:
    text = "one\ntwo three\nfour " * 60
    result = shown(text, "three").replace("<mark>", "").replace("</mark>", "").strip("… ")
    assert set(result.split()) == {"one", "two", "three", "four"}
    assert "\n" not in result


def test_text_without_spaces_is_cut_all_the_same() -> None:
    text = "x" * 50 + "-safe-" + "y-" * 5000
    assert len(shown(text, "safe")) < LENGTH + 80


def test_beginnings_are_marked_only_where_they_were_looked_for() -> None:
    assert shown("The gardener helps.", "gard", "en") == ""
    assert shown("The gardener helps.", "gard", "en", prefixes=True) == "The <mark>gardener</mark> helps."


def test_a_text_without_the_words_has_no_excerpt() -> None:
    assert shown("Nothing here.", "safe") == ""
    assert shown("", "safe") == ""


def test_parts_of_a_compound_are_marked_and_compounds_that_hold_the_word() -> None:
    assert shown("Ein Frauenhaus in der Stadt", "haus", "de") == "Ein <mark>Frauenhaus</mark> in der Stadt"
    assert shown("Das Haus der Frauen", "frauenhaus", "de") == "Das <mark>Haus</mark> der <mark>Frauen</mark>"


def test_a_phrase_that_means_the_same_is_marked_as_a_whole_before_the_word_alone() -> None:
    alike = {phrase("women", "en"): ((phrase("women centre", "en"), "women centre"),)}
    excerpts = Excerpts(asked("women", "en", alike))
    assert excerpts.of("A women centre for women, at the centre") == (
        "A <mark>women centre</mark> for <mark>women</mark>, at the centre"
    )


@given(st.lists(st.sampled_from(["safe", "counter", "help", "and so on", "a" * 60]), max_size=60), st.booleans())
def test_nothing_behind_could_have_been_better(pieces: list[str], two_words: bool) -> None:
    excerpts = Excerpts(asked("safe counter" if two_words else "safe counter help", "en"))
    text = " ".join(pieces)
    every = list(excerpts._found(text, WORD.finditer(text)))

    def worth(first: int) -> int:
        return len({group for start, _end, group in every[first:] if start < every[first][0] + CLOSE})

    found, best = excerpts._most_telling(text)
    assert found == every[: len(found)]
    assert best == max(range(len(every)), key=lambda first: (worth(first), -first), default=0)
    shown_to = every[best][0] + LENGTH if every else 0
    assert [one for one in every if one[0] < shown_to] == [one for one in found if one[0] < shown_to]


def test_what_stands_behind_all_that_was_asked_for_is_not_read() -> None:
    excerpts = Excerpts(asked("safe counter", "en"))
    assert excerpts.of("A safe counter. " + " ".join(f"word{number}" for number in range(2_000)))
    assert excerpts.answers.cache_info().misses < 100
