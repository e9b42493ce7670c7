"""What editors say means the same is found alike, at once."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from search.models import Synonyms
from search.synonyms import alike
from tests.factories import UserFactory
from tests.search.conftest import Publish
from tests.search.library import ask, settle, titles

pytestmark = pytest.mark.usefixtures("engine")


def test_words_and_phrases_are_found_alike_without_a_rebuild(publish: Publish) -> None:
    publish("A safe haven", context="<p>A harbour.</p>")
    publish("Safer spaces", context="<p>Where safer spaces are.</p>")
    publish("Space for safe parking")
    publish("A haven that is far from safe")
    settle()
    assert titles(ask("safe haven", all_words=True)) == ["A safe haven", "A haven that is far from safe"]
    Synonyms.objects.create(words="safe space, safer space, safe haven")
    # Its own words count anywhere in the text, what means the same only as a phrase.
    results = ask("safe haven")
    assert sorted(titles(results)) == ["A haven that is far from safe", "A safe haven", "Safer spaces"]
    assert results.also == ("safe space", "safer space")
    assert sorted(titles(ask("Safer Space"))) == ["A safe haven", "Safer spaces"]
    assert titles(ask("safe haven harbour", all_words=True)) == ["A safe haven"]
    assert sorted(titles(ask("haven"))) == ["A haven that is far from safe", "A safe haven"]


def test_what_means_the_same_is_marked(publish: Publish) -> None:
    publish("One", context="<p>It is a place where queer people and LGBT people meet.</p>")
    publish("Two", context="<p>About safe havens, safe or not.</p>")
    settle()
    Synonyms.objects.create(words="LGBTQIA+, LGBTI, LGBT, queer")
    Synonyms.objects.create(words="safe space, safe haven")
    assert str(ask("lgbtqia+", type="toolbox_pages.BestPracticePage").hits[0].highlight) == (
        "It is a place where <mark>queer</mark> people and <mark>LGBT</mark> people meet."
    )
    assert str(ask("safe space").hits[0].highlight) == ("About <mark>safe havens</mark>, <mark>safe</mark> or not.")


def test_a_set_of_one_language_speaks_of_that_language_only(publish: Publish) -> None:
    publish("Mineurs non accompagnés", "fr")
    publish("Minori stranieri non accompagnati", "it")
    publish("The MENA region")
    settle()
    Synonyms.objects.create(language="fr", words="MENA, mineur non accompagné")
    assert titles(ask("mena", "fr", language="fr")) == ["Mineurs non accompagnés"]
    assert ask("mena", "fr").also == ("mineur non accompagné",)
    assert titles(ask("mena", "en", language="en")) == ["The MENA region"]
    assert ask("mena", "en").also == ()
    Synonyms.objects.create(words="MSNA, MENA, minore straniero non accompagnato")
    assert titles(ask("msna", "it", language="it")) == ["Minori stranieri non accompagnati"]


def test_a_stop_word_inside_a_phrase_does_not_hide_it(publish: Publish) -> None:
    publish("Violences liées à l’honneur", "fr")
    settle()
    Synonyms.objects.create(language="fr", words="violence liée à l'honneur, VLH")
    assert titles(ask("vlh", "fr")) == ["Violences liées à l’honneur"]


def test_arabic_commas_separate_too(publish: Publish) -> None:
    publish("مكان آمن", "ar")
    settle()
    Synonyms.objects.create(language="ar", words="ملاذ، مكان آمن")
    assert titles(ask("ملاذ", "ar")) == ["مكان آمن"]


def test_sets_are_joined_where_they_share_a_phrase(db: None) -> None:
    Synonyms.objects.create(words="a1, b1")
    Synonyms.objects.create(words="b1, c1")
    assert [written for _stems, written in alike()["en"][("b1",)]] == ["a1", "c1"]
    assert [written for _stems, written in alike()["en"][("a1",)]] == ["b1"]


@pytest.mark.parametrize(
    "words", ["one", "one, , ", "!!!, ???", ", ".join("abcdefghijklmnopqrstu"), "a, b c d e f g h i j"]
)
def test_a_set_needs_phrases_of_a_sensible_length(db: None, words: str) -> None:
    with pytest.raises(ValidationError):
        Synonyms(words=words).full_clean()


def test_hostile_sets_break_nothing(publish: Publish) -> None:
    publish("A counter")
    settle()
    Synonyms.objects.create(words='counter, ")) OR *, a:*|b & !c')
    assert titles(ask("counter")) == ["A counter"]


def test_editors_keep_them_in_the_cms(db: None) -> None:
    Synonyms.objects.create(language="fr", words="un, deux")
    assert str(Synonyms.objects.get()) == "un, deux"
    assert reverse("wagtailsnippets_search_synonyms:list") == "/cms/snippets/search/synonyms/"
    assert UserFactory().has_perm("search.add_synonyms") is False
    assert Client().get("/cms/snippets/search/synonyms/").status_code == 302
