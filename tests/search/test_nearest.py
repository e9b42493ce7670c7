"""What is near in meaning is found beside what holds the words, counted like it, and hidden like everything else."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from search import indexer, nearest
from search.embedding import of_query, unit_vectors
from search.models import Entry
from search.nearest import Kept, library, means
from tests.search.conftest import Publish
from tests.search.library import ask, settle, titles

# It holds no word of the query; the others hold one, and mean something else.
VIOLENCE = {"title": "Protection from a violent partner", "summary": "For women who are beaten."}
QUERY = "violence from my husband at home"


@pytest.fixture
def library_with_meaning(publish: Publish, engine: object) -> None:
    """Four practices that hold a word of the query, and one that means it; all with their vectors."""
    for number in range(4):
        publish(f"Home win {number}", summary="The team has won its match.", city="gothenburg")
    publish(**VIOLENCE, city="rome")
    settle()
    indexer.embed()


@pytest.mark.usefixtures("library_with_meaning")
def test_what_holds_no_word_is_found_and_counted() -> None:
    results = ask(QUERY)
    assert VIOLENCE["title"] in titles(results)
    assert len(titles(results)) == len(set(titles(results))) == results.total == results.own
    assert results.facets["city"].items() >= {"gothenburg": 4, "rome": 1}.items()
    assert results.facets["language"]["en"] == results.total
    assert titles(ask(QUERY, city="rome")) == [VIOLENCE["title"]]
    assert ask(QUERY, city="rome").facets["city"] == results.facets["city"]
    assert VIOLENCE["title"] not in titles(ask(QUERY, city="gothenburg"))


@pytest.mark.usefixtures("library_with_meaning")
def test_each_stands_on_one_page() -> None:
    pages = [titles(ask(QUERY, page=number, size=2)) for number in range(1, 6)]
    once = [title for page in pages for title in page]
    assert len(once) == len(set(once)) == ask(QUERY).total
    assert VIOLENCE["title"] in once


@pytest.mark.usefixtures("library_with_meaning")
def test_no_more_than_a_few_come_beside_what_the_words_find(publish: Publish) -> None:
    for number in range(20):
        publish(f"Protection {number}", summary="For women who are beaten.")
    settle()
    Entry.objects.update(embedding=None)
    nearest.forget()
    by_words = ask(QUERY).total
    indexer.embed()
    assert ask(QUERY).total == by_words + nearest.NEAREST


@pytest.mark.usefixtures("library_with_meaning")
def test_where_no_word_is_found_nothing_is() -> None:
    assert ask("zxqv").total == 0
    assert ask("zxqv").facets["city"] == {}


@pytest.mark.usefixtures("library_with_meaning")
def test_who_wants_all_words_gets_nothing_else() -> None:
    assert len(titles(ask("home team", all_words=True))) == 4


@pytest.mark.usefixtures("library_with_meaning")
def test_other_languages_follow_where_few_hold_the_words(publish: Publish) -> None:
    """What is near in the reader's language takes no other language's place."""
    publish("Une oasis", "fr")
    publish("An oasis")
    settle()
    indexer.embed()
    results = ask("oasis")
    assert results.own > 3
    assert titles(results)[-1] == "Une oasis"
    assert results.total == results.own + 1


@pytest.mark.usefixtures("library_with_meaning")
@pytest.mark.parametrize("hide", ["unpublish", "restrict", "expire"])
def test_what_is_hidden_is_near_to_nothing(publish: Publish, hide: str) -> None:
    """At once, before anything is recorded or read anew; and all is as if it had never been."""
    for number in range(nearest.NEAREST):
        publish(f"Protection {number}", summary="For women who are beaten.")
    settle()
    indexer.embed()
    page = Page.objects.get(title=VIOLENCE["title"])
    assert page.title in titles(ask(QUERY))
    if hide == "unpublish":
        page.unpublish()
    elif hide == "restrict":
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    else:
        Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    hidden = ask(QUERY)
    assert page.title not in titles(hidden)
    page.delete()
    settle()
    nearest.forget()
    assert ask(QUERY) == hidden


@pytest.mark.usefixtures("library_with_meaning")
def test_where_the_words_are_only_in_what_is_hidden_nothing_is_near(publish: Publish) -> None:
    """Else whoever asks would learn that a hidden page holds the word."""
    secret = publish("Zeppelin")
    settle()
    indexer.embed()
    assert ask("zeppelin").total > 1
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    assert ask("zeppelin").total == 0


@pytest.mark.usefixtures("library_with_meaning")
def test_who_types_nothing_means_nothing(publish: Publish) -> None:
    """What the filters leave is in its own order, by title: no page is near to an empty query."""
    with_vectors = ask()
    Entry.objects.update(embedding=None)
    nearest.forget()
    assert with_vectors == ask()
    assert ask().total > nearest.NEAREST


# How near


def test_the_few_nearest_tell_how_near_each_is() -> None:
    near = np.array([0.1, 0.9, 0.5, 0.7, 0.3, 0.2], np.float32)
    of = np.array([1, 0, 0, 0, 0, 1])
    assert means(near, of).tolist() == pytest.approx([0.7, 0.15])


@pytest.mark.django_db
def test_what_has_no_vectors_yet_is_as_near_as_the_others_are_on_average(publish: Publish) -> None:
    publish("A garden")
    publish("A counter")
    settle()
    indexer.embed()
    query = of_query("garden")
    assert query is not None
    garden, counter = (Entry.objects.get(publication__title=title).pk for title in ("A garden", "A counter"))
    near = library().nearness(query, [garden, 10**9, counter])
    assert near[10**9] == pytest.approx((near[garden] + near[counter]) / 2)
    assert near[garden] > near[counter]
    assert library().nearness(query, [10**9]) == {10**9: 0}
    assert library().nearness(query, []) == {}


# What a process keeps


@pytest.fixture
def one_counter(publish: Publish) -> None:
    publish("A counter")
    settle()
    indexer.embed()


def of_language(language: str) -> tuple[int, ...]:
    shelf = library().shelves.get(language)
    return shelf.publications if shelf else ()


def entry_of(title: str) -> Entry:
    return Entry.objects.get(publication__title=title)


@pytest.mark.usefixtures("one_counter")
def test_what_was_made_since_is_read_and_nothing_twice(publish: Publish) -> None:
    before = library()
    assert len(before.said) == Entry.objects.count() > len(of_language("en")) > 1
    publish("A garden")
    publish("Un jardin", "fr")
    settle()
    assert library() is before
    indexer.embed()
    after = library()
    assert len(after.said) == Entry.objects.count()
    assert library() is not before
    assert set(of_language("fr")).isdisjoint(of_language("en"))


@pytest.mark.usefixtures("one_counter")
def test_vectors_that_were_made_anew_take_the_place_of_the_old_ones() -> None:
    entry = entry_of("A counter")
    before = library()
    made = b"\1" * nearest.DIMENSIONS * 2
    Entry.objects.filter(pk=entry.pk).update(embedding=made, embedded_at=timezone.now())
    assert library().said[entry.pk].units.tolist() == unit_vectors(made).tolist()
    assert list(library().said) == list(before.said)


@pytest.mark.usefixtures("one_counter")
@pytest.mark.parametrize("rows", [b"", b"\1" * 5])
def test_vectors_of_another_model_are_passed_over(rows: bytes) -> None:
    entry = entry_of("A counter")
    nearest.forget()
    Entry.objects.filter(pk=entry.pk).update(embedding=rows)
    assert entry.pk not in library().said


@pytest.mark.usefixtures("one_counter")
def test_one_that_appears_late_is_read() -> None:
    """Written before the youngest that is known, but not to be seen then: its transaction was still open."""
    oldest = Entry.objects.earliest("embedded_at")
    Entry.objects.filter(pk=oldest.pk).update(embedded_at=None, embedding=None)
    assert oldest.pk not in library().said
    Entry.objects.filter(pk=oldest.pk).update(embedded_at=oldest.embedded_at, embedding=oldest.embedding)
    assert oldest.pk in library().said


@pytest.mark.usefixtures("one_counter")
def test_what_was_withdrawn_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = entry_of("A counter")
    assert entry.pk in library().said
    Page.objects.get(title="A counter").unpublish()
    settle()
    monkeypatch.setattr(nearest, "LASTING", timedelta(0))
    assert entry.pk not in library().said


@pytest.mark.usefixtures("one_counter")
def test_later_searches_read_nothing_again() -> None:
    later = timezone.now() + nearest.OVERLAP * 2
    kept = Kept().with_those_since(later)
    assert kept.with_those_since(later).library is kept.library
