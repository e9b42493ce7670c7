"""The index follows the feed, whatever happens to it."""

from types import SimpleNamespace

import pytest
from django.core.management import call_command
from wagtail.models import Page, PageViewRestriction

from equalcity.publication import counter, feed
from equalcity.publication.models import FeedState, Publication
from equalcity.publication.record import record
from equalcity.publication.signals import recorded
from search import analysis, indexer
from search.backends import get_backend
from search.documents import Document
from search.indexer import Updated
from search.models import Entry, IndexCursor
from tests.factories import Tree
from tests.search.conftest import Publish
from tests.search.library import ask, settle, titles


@pytest.fixture
def unconnected():  # type: ignore[no-untyped-def]
    """Recording without the index hearing of it: the indexer is down."""
    recorded.disconnect(dispatch_uid="search.on_recorded")
    yield
    recorded.connect(indexer.on_recorded, dispatch_uid="search.on_recorded")


def everything() -> dict[int, tuple[str, str, str]]:
    return {entry.pk: (entry.language, entry.title, entry.body) for entry in Entry.objects.all()}


def test_what_is_recorded_is_searchable_at_once(publish: Publish) -> None:
    page = publish("A counter")
    record()
    assert titles(ask("counter")) == ["A counter"]
    page.unpublish()
    record()
    assert ask("counter").total == 0
    assert indexer.status().behind == 0


def test_a_round_reads_on_where_the_last_ended(publish: Publish, unconnected: None) -> None:
    publish("A counter")
    settle()
    publish("A garden")
    record()
    assert indexer.status().behind
    # The garden, and the guide that now lists it.
    assert indexer.update() == Updated(indexed=2, removed=0)
    assert indexer.status().behind == 0
    assert indexer.update() == Updated()
    assert titles(ask("garden")) == ["A garden"]


def test_an_outage_of_any_length_is_caught_up(
    publish: Publish, unconnected: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "BATCH", 2)
    old = publish("Old counter")
    settle()
    for number in range(7):
        publish(f"Counter {number}")
    record()
    old.delete()
    record()
    indexer.update()
    assert titles(ask("counter")) == [f"Counter {number}" for number in range(7)]
    before = everything()
    indexer.rebuild()
    assert everything() == before


def test_the_same_change_twice_changes_nothing(publish: Publish) -> None:
    publish("A counter")
    settle()
    before = everything()
    IndexCursor.objects.update(cursor=feed.encode(feed.Cursor(counter.instance_id(), feed.state().epoch, 0)))
    indexer.update()
    assert everything() == before


@pytest.mark.parametrize(
    "what", ["another epoch", "a cursor from the future", "another instance", "nonsense", "pruned"]
)
def test_a_cursor_that_is_no_longer_good_rebuilds(publish: Publish, unconnected: None, what: str) -> None:
    publish("A counter")
    settle()
    state = feed.state()
    cursor = feed.Cursor(state.instance, state.epoch, state.seq)
    match what:
        case "another epoch":
            FeedState.objects.update(epoch="12345678-1234-4234-8234-123456789abc")
        case "a cursor from the future":
            IndexCursor.objects.update(cursor=feed.encode(feed.Cursor(state.instance, state.epoch, state.seq + 100)))
        case "another instance":
            IndexCursor.objects.update(cursor=feed.encode(feed.Cursor(state.epoch, state.epoch, 1)))
        case "nonsense":
            IndexCursor.objects.update(cursor="!")
        case "pruned":
            IndexCursor.objects.update(cursor=feed.encode(feed.Cursor(state.instance, state.epoch, 1)))
            FeedState.objects.update(pruned=2)
    Entry.objects.all().delete()
    indexer.update()
    assert titles(ask("counter")) == ["A counter"]
    assert indexer.status().behind == 0
    assert IndexCursor.objects.get().cursor == feed.encode(feed.Cursor(cursor.instance, feed.state().epoch, cursor.seq))


def test_another_analyzer_rebuilds(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    publish("A counter")
    settle()
    assert not indexer.status().outdated
    monkeypatch.setattr(analysis, "VERSION", analysis.VERSION + 1)
    Entry.objects.update(title="something else")
    assert indexer.status().outdated
    indexer.update()
    assert titles(ask("counter")) == ["A counter"]
    assert not indexer.status().outdated


def test_a_rebuild_forgets_what_is_no_longer_published(publish: Publish, unconnected: None) -> None:
    page = publish("A counter")
    settle()
    page.unpublish()
    record()
    count = get_backend().count()
    assert indexer.rebuild().removed == 1
    assert get_backend().count() == count - 1


def test_searches_go_on_while_it_is_rebuilt(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        publish(f"Counter {number}")
    settle()
    monkeypatch.setattr(indexer, "BATCH", 1)
    seen = []
    indexer.rebuild(lambda _done, _total: seen.append(ask("counter").total))
    assert len(seen) > 5
    assert set(seen) == {5}


def test_progress_is_told(publish: Publish, unconnected: None, monkeypatch: pytest.MonkeyPatch) -> None:
    settle()
    for number in range(5):
        publish(f"Counter {number}")
    record()
    monkeypatch.setattr(indexer, "BATCH", 2)
    told: list[tuple[int, int]] = []
    indexer.update(lambda done, total: told.append((done, total)))
    # Five practices and their guide; terms have numbers in the feed, too.
    assert [done for done, _total in told] == sorted(done for done, _total in told)
    assert told[-1] == (6, 6)
    told.clear()
    indexer.rebuild(lambda done, total: told.append((done, total)))
    assert max(told) == (get_backend().count(), get_backend().count())


def test_a_document_that_cannot_be_read_blocks_nobody(publish: Publish, unconnected: None) -> None:
    broken, fine = publish("A broken counter"), publish("A fine counter")
    record()
    row = Publication.objects.get(kind="page", object_id=broken.pk)
    row.body.document = "{"
    row.body.save()
    indexer.update()
    assert titles(ask("counter")) == [fine.title]


def test_a_failing_index_does_not_fail_the_publisher(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    publish("A counter")
    settle()

    def fail(_documents: list[Document]) -> None:
        raise RuntimeError("the engine is down")

    with monkeypatch.context() as patch:
        patch.setattr(get_backend(), "index", fail)
        publish("A garden")
        assert record().parked == 0
    assert Publication.objects.filter(title="A garden", state="live").count() == 1
    assert ask("garden").total == 0
    indexer.update()
    assert titles(ask("garden")) == ["A garden"]


def test_much_work_is_left_to_the_worker(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    settle()
    asked_for: list[str] = []
    work = indexer.update_index
    monkeypatch.setattr(indexer, "BATCH", 2)
    monkeypatch.setattr(indexer, "update_index", SimpleNamespace(enqueue=lambda: asked_for.append("update")))
    for number in range(4):
        publish(f"Counter {number}")
    record()
    assert set(asked_for) == {"update"}
    assert ask("counter").total == 0
    work.call()
    assert ask("counter").total == 4


def test_moved_and_renamed_pages_keep_their_entry(publish: Publish, library: Tree) -> None:
    page = publish("A counter")
    settle()
    [before] = ask("counter").hits
    page.move(Page.objects.get(pk=library.index.pk), pos="first-child")
    page.refresh_from_db()
    page.slug = "renamed"
    page.save()
    settle()
    assert ask("counter").hits == (before,)


def test_terms_and_aliases_are_not_in_the_index(publish: Publish, library: Tree) -> None:
    page = publish("A counter")
    french_home = library.homes["fr"]
    page.copy_for_translation(library.homes["fr"].locale, copy_parents=True, alias=True)
    settle()
    assert Publication.objects.filter(kind="term").exists()
    assert Publication.objects.exclude(original=None).exists()
    indexed = Publication.objects.filter(pk__in=get_backend().holds())
    assert {row.kind for row in indexed} == {"page"}
    assert {row.original_id for row in indexed} == {None}
    assert ask("counter", french_home.locale.language_code).facets["language"] == {"en": 1}


def test_the_command_says_what_it_did(publish: Publish, unconnected: None, capsys: pytest.CaptureFixture[str]) -> None:
    IndexCursor.objects.all().delete()
    Entry.objects.all().delete()
    publish("A counter")
    record()
    name = get_backend().name
    call_command("index", "status")
    assert capsys.readouterr().out.splitlines() == [
        f"Engine: {name}",
        "Health: ok",
        "Documents: 0",
        "Nothing was read from the feed yet: run `manage.py index update`.",
        "Without a vector of meaning yet: 0",
    ]
    call_command("index", "update")
    # Three homes, toolbox, guide, plain page and the practice.
    assert capsys.readouterr().out.splitlines() == [f"{name}: 7 indexed, 0 removed."]
    call_command("index", "status")
    assert capsys.readouterr().out.splitlines()[2:] == [
        "Documents: 7",
        "Behind the feed: 0",
        "Without a vector of meaning yet: 7",
    ]
    call_command("index", "rebuild")
    assert capsys.readouterr().out.splitlines()[-1] == f"{name}: 7 indexed, 0 removed."


def test_restricting_hides_before_anything_is_recorded(publish: Publish) -> None:
    page = publish("A counter")
    settle()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert ask("counter").total == 0
