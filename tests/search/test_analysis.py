"""Words are the same word however they are written."""

import json

import pytest

from search.analysis import (
    DATA,
    MAX_WORDS,
    asked,
    asked_everywhere,
    beginnings,
    fold,
    indexed,
    language,
    spans,
    split,
    stem,
    words,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Évaluées", "evaluees"),
        ("ÉVALUÉES", "evaluees"),
        ("e\u0301value\u0301es", "evaluees"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("Malmö", "malmo"),
        ("Smørrebrød", "smorrebrod"),
        ("cœur", "coeur"),
        ("ﬁn", "fin"),
        ("Ｆｕｌｌ", "full"),
        ("İstanbul", "istanbul"),
        ("Łódź", "lodz"),
        ("co\u00adoperate", "cooperate"),
        ("أمان", "امان"),
        ("إمان", "امان"),
        ("آمان", "امان"),
        ("ٱمان", "امان"),
        ("أَمَانٌ", "امان"),
        ("أمـــان", "امان"),
        ("مدرسة", "مدرسه"),
        ("على", "علي"),
        ("مسؤول", "مسوول"),
        ("١١٢", "112"),
        ("۱۱۲", "112"),
        ("ﻼ", "لا"),
    ],
)
def test_spelling_variants_are_folded(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_words_are_cut_at_everything_that_is_no_letter_or_digit() -> None:
    text = "L’accueil d'une femme: honour-based, LGBTQIA+ (116 016) snake_case \x00 😀 ـ"
    assert list(words(text)) == [
        "l", "accueil", "d", "une", "femme", "honour", "based", "lgbtqia", "116", "016", "snake", "case",
    ]  # fmt: skip


def test_spans_point_into_the_text_as_it_was_written() -> None:
    text = "Les É\u0301valuées أَمَان"
    assert [(text[start:end], folded) for start, end, folded in spans(text)] == [
        ("Les", "les"),
        ("É\u0301valuées", "evaluees"),
        ("أَمَان", "امان"),
    ]


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("en", "practice practices"),
        ("en", "interpreter interpreters interpreting"),
        ("en", "city cities"),
        ("en", "plan plans planning planned"),
        ("en", "safe safes"),
        ("fr", "femme femmes"),
        ("fr", "isolé isolée isolés isolées"),
        ("fr", "travailleur travailleuse travailleurs travailleuses"),
        ("fr", "médiateur médiatrice médiatrices"),
        ("fr", "hôpital hôpitaux"),
        ("nl", "vrouw vrouwen"),
        ("nl", "school scholen"),
        ("nl", "gesprek gesprekken"),
        ("nl", "kind kinderen"),
        ("de", "Frau Frauen"),
        ("de", "Raum Räume Räumen"),
        ("de", "Dolmetscher Dolmetscherin Dolmetscherinnen"),
        ("de", "Beratung Beratungen"),
        ("sv", "kvinna kvinnor kvinnorna"),
        ("sv", "familj familjer familjen familjerna"),
        ("it", "donna donne"),
        ("it", "minore minori"),
        ("it", "operatore operatori operatrice operatrici"),
        ("ar", "مرأة المرأة والمرأة"),
        ("ar", "مدرسة المدرسة مدرسات"),
        ("ar", "مدينة المدينة"),
    ],
)
def test_forms_of_a_word_have_one_stem(code: str, forms: str) -> None:
    assert len({stem(fold(form), code) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("code", "written", "parts"),
    [
        ("de", "Frauenhausplatz", "Frauen Haus Platz"),
        ("de", "Partnerstädte", "Partner Stadt"),
        ("de", "Zwangsprostitution", "Zwang Prostitution"),
        ("de", "Hormonbehandlung", "Hormon Behandlung"),  # of two parts one is known
        ("nl", "kinderrechten", "kind recht"),
        ("nl", "gezinshereniging", "gezin hereniging"),
        ("sv", "föräldrakvällar", "föräldrar kväll"),
        ("sv", "hedersvåld", "heder våld"),
        ("de", "Beratung", ""),  # is itself a part
        ("de", "Bereich", ""),
        ("en", "handbook", ""),  # a language that writes words apart
    ],
)
def test_words_are_split_into_what_they_are_made_of(code: str, written: str, parts: str) -> None:
    assert split(fold(written), code) == tuple(stem(fold(part), code) for part in parts.split())


def test_no_word_takes_long_to_split() -> None:
    assert split("frauenhaus" * 6, "de") == ()


def test_letters_that_stand_for_others_are_read_as_these() -> None:
    assert stem("taeter", "de") == stem(fold("Täter"), "de")
    assert stem("frauen", "de") == stem("frau", "de")


def test_irregular_forms_lead_to_the_word() -> None:
    assert stem("children", "en") == stem("child", "en")
    assert stem(fold("الأطفال"), "ar") == stem(fold("طفل"), "ar")


@pytest.mark.parametrize(("code", "word"), [("en", "us"), ("en", "bus"), ("fr", "sur"), ("de", "es"), ("en", "116")])
def test_short_words_and_numbers_stay(code: str, word: str) -> None:
    assert stem(word, code) == word


def test_a_language_without_data_is_folded_only() -> None:
    assert indexed("Ασφαλείς χώροι", "el") == "ασφαλεισ χωροι ασφαλεισǃ χωροιǃ"
    assert asked("Ασφαλής", "el").words == (("ασφαλησ", "ασφαλησ"),)


def test_the_index_holds_words_then_stems() -> None:
    assert indexed("Safer spaces", "en") == "safer spaces saferǃ spacǃ"


def test_no_text_can_hold_what_looks_like_a_stem() -> None:
    assert indexed("spacǃ ǃ", "el") == "spac spacǃ"


def test_beginnings_are_long_enough_to_mean_something() -> None:
    assert beginnings("practices", "practic") == ("practices", "practic")
    assert beginnings("at", "at") == ()
    assert beginnings("hut", "hu") == ("hut",)


def test_a_query_drops_stop_words_and_repetitions() -> None:
    assert [word for word, _stem in asked("the place of the place", "en").words] == ["place"]
    assert [word for word, _stem in asked("L’espace de l’accueil", "fr").words] == ["espace", "accueil"]


def test_a_query_of_stop_words_keeps_them() -> None:
    assert [word for word, _stem in asked("To be or not to be", "en").words] == ["to", "be", "or", "not"]


def test_long_queries_count_up_to_a_limit() -> None:
    assert len(asked(" ".join(f"word{n}" for n in range(100)), "en").words) == MAX_WORDS


def test_text_without_words_asks_nothing() -> None:
    assert asked_everywhere("!!! ' \" * ( ) 😀") == []


@pytest.mark.parametrize("path", sorted(DATA.glob("*.json")), ids=lambda path: path.stem)
def test_data_of_languages_is_folded_and_read(path) -> None:  # type: ignore[no-untyped-def]
    data = json.loads(path.read_text("utf-8"))
    assert set(data) - {"irregular", "joints", "parts", "spellings"} == {"prefixes", "stop", "suffixes"}
    assert [word for word in data["stop"] if fold(word) != word] == []
    affixes = [rule[0] for kind in ("prefixes", "suffixes") for rule in data[kind]]
    assert [affix for affix in affixes if fold(affix) != affix] == []
    given = [*data.get("parts", ()), *data.get("joints", ()), *sum(data.get("irregular", {}).items(), ())]
    assert [word for word in given if fold(word) != word] == []
    assert len(set(data.get("parts", ()))) == len(data.get("parts", ()))
    for kind in ("prefixes", "suffixes"):
        assert len({rule[0] for rule in data[kind]}) == len(data[kind])
    assert language(path.stem).stop == frozenset(data["stop"])
