"""What is near in meaning is found beside what holds the words, counted like it, and hidden like everything else."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from search import indexer, nearest
from search.embedding import unit_vectors
from search.models import Entry
from search.nearest import vectors_of
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


# What a process keeps


@pytest.fixture
def one_counter(publish: Publish) -> None:
    publish("A counter")
    settle()
    indexer.embed()


@pytest.mark.usefixtures("one_counter")
def test_what_was_made_since_is_read_and_nothing_twice(publish: Publish) -> None:
    before = vectors_of("en")
    assert len(before.publications) == Entry.objects.filter(language="en").count()
    assert before.units.shape == (len(before.publications), nearest.DIMENSIONS)
    publish("A garden")
    settle()
    assert vectors_of("en").publications == before.publications
    indexer.embed()
    after = vectors_of("en")
    assert len(set(after.publications)) == len(after.publications) == len(before.publications) + 1
    assert vectors_of("en").publications == after.publications
    assert set(vectors_of("fr").publications).isdisjoint(after.publications)


@pytest.mark.usefixtures("one_counter")
def test_a_vector_that_was_made_anew_takes_the_place_of_the_old_one() -> None:
    entry = Entry.objects.get(publication__title="A counter")
    place = vectors_of("en").publications.index(entry.pk)
    Entry.objects.filter(pk=entry.pk).update(embedding=b"\1" * nearest.DIMENSIONS, embedded_at=timezone.now())
    assert vectors_of("en").units[place].tolist() == unit_vectors(b"\1" * nearest.DIMENSIONS)[0].tolist()


@pytest.mark.usefixtures("one_counter")
def test_one_that_appears_late_is_read() -> None:
    """Written before the youngest that is known, but not to be seen then: its transaction was still open."""
    oldest = Entry.objects.filter(language="en").earliest("embedded_at")
    Entry.objects.filter(pk=oldest.pk).update(embedded_at=None, embedding=None)
    assert oldest.pk not in vectors_of("en").publications
    Entry.objects.filter(pk=oldest.pk).update(embedded_at=oldest.embedded_at, embedding=oldest.embedding)
    assert oldest.pk in vectors_of("en").publications


@pytest.mark.usefixtures("one_counter")
def test_what_was_withdrawn_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = Entry.objects.get(publication__title="A counter")
    assert entry.pk in vectors_of("en").publications
    Page.objects.get(title="A counter").unpublish()
    settle()
    monkeypatch.setattr(nearest, "LASTING", timedelta(0))
    assert entry.pk not in vectors_of("en").publications


@pytest.mark.usefixtures("one_counter")
def test_later_searches_read_nothing_again() -> None:
    later = timezone.now() + nearest.OVERLAP * 2
    kept = vectors_of("en").with_those_since("en", later)
    assert kept.with_those_since("en", later).units is kept.units
