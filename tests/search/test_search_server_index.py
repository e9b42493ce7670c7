"""The search server's index: written beside and swapped at once, versions in order, whatever interrupts it."""

import os
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command

from equalcity.publication import feed
from equalcity.publication.models import Publication
from equalcity.publication.record import record
from equalcity.publication.signals import recorded
from search import indexer
from search.backends import EngineDown
from search.backends.elasticsearch.index import Beside
from search.backends.elasticsearch.mapping import alias, languages, prefix
from search.documents import build
from search.indexer import Updated
from search.models import IndexCursor
from search.query import SearchQuery
from tests.search.conftest import PATIENT, Publish
from tests.search.library import ask, settle, titles

pytestmark = pytest.mark.elasticsearch

# The long form asks for 10,000 and more (`tests/soak.py`). One of ten at least is a search as visitors make it, with
# facets and excerpts; the others ask the server's names, as fast as one can.
SEARCHES = int(os.environ.get("SEARCHES", "300"))


@pytest.fixture
def unconnected():  # type: ignore[no-untyped-def]
    """Recording without the index hearing of it: the worker is down."""
    recorded.disconnect(dispatch_uid="search.on_recorded")
    yield
    recorded.connect(indexer.on_recorded, dispatch_uid="search.on_recorded")


def indexes(engine: Any) -> set[str]:
    names = engine.client.options(request_timeout=PATIENT).indices.get_alias(index=f"{prefix(feed.state().instance)}-*")
    return set(names.body)


def test_searches_neither_fail_nor_come_back_empty_during_a_rebuild(
    publish: Publish,
    search_server: Any,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    for number in range(20):
        publish(f"Counter {number}", context="<p>same text</p>")
    settle()
    before = search_server.build()
    client = search_server.client.options(request_timeout=PATIENT)
    names = [alias(feed.state().instance, code) for code in languages()]
    seen: list[int] = []
    problems: list[str] = []
    done = threading.Event()

    def search_all_the_time() -> None:
        while not done.is_set():
            try:
                answer = client.search(index=names, query={"match": {"title": "counter"}}, size=0)
                seen.append(answer["hits"]["total"]["value"])
            except Exception as error:
                problems.append(repr(error))

    monkeypatch.setattr(indexer, "BATCH", 1)
    asked: list[int] = []
    rounds = 0
    searching = threading.Thread(target=search_all_the_time)
    searching.start()

    def ask_some(_done: int, _all: int) -> None:
        asked.extend(ask("counter").total for _ in range(5))

    try:
        while len(seen) + len(asked) < SEARCHES or len(asked) < SEARCHES // 10 or rounds < 2:
            rounds += 1
            indexer.rebuild(ask_some, search_server)
    finally:
        done.set()
        searching.join()
    assert problems == []
    assert (set(seen), set(asked)) == ({20}, {20})
    assert search_server.build() != before
    assert len(indexes(search_server)) == len(languages())
    record_property("searches", f"{len(asked)} as visitors make them, {len(seen)} others, {rounds} rebuilds")


def test_what_changes_during_a_rebuild_is_in_the_new_index(
    publish: Publish, search_server: Any, unconnected: None
) -> None:
    old = publish("Old counter")
    publish("Counter")
    settle()
    hidden = Publication.objects.get(kind="page", object_id=old.pk)
    did: list[str] = []

    def meanwhile(_done: int, _all: int) -> None:
        if not did:
            did.append("once")
            publish("New counter")
            old.unpublish()
            record()

    indexer.rebuild(meanwhile, search_server)
    assert sorted(titles(ask("counter"))) == ["Counter", "New counter"]
    assert hidden.pk not in search_server.holds()


def test_an_interrupted_rebuild_goes_on_where_it_stopped(
    publish: Publish, search_server: Any, unconnected: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        publish(f"Counter {number:02}")
    settle()
    monkeypatch.setattr(indexer, "BATCH", 2)
    monkeypatch.setattr("search.backends.elasticsearch.index.OVERLAP", 2)

    class Interrupted(Exception):
        pass

    def interrupt(done: int, _all: int) -> None:
        if done >= 8:
            raise Interrupted

    with pytest.raises(Interrupted):
        indexer.rebuild(interrupt, search_server)
    assert titles(ask("counter", size=20)) == [f"Counter {number:02}" for number in range(12)]
    publish("Counter 12")
    record()
    told: list[int] = []
    indexer.rebuild(lambda done, _all: told.append(done), search_server)
    live = Publication.objects.filter(kind="page", original=None, state="live").count()
    assert max(told) < live - 4
    assert search_server.count() == live
    assert titles(ask("counter", size=20)) == [f"Counter {number:02}" for number in range(13)]
    assert len(indexes(search_server)) == len(languages())


def test_a_late_writer_does_not_bring_back_what_is_older(publish: Publish, search_server: Any) -> None:
    page = publish("A counter")
    settle()
    stale = build(Publication.objects.select_related("body").get(kind="page", object_id=page.pk))
    client = search_server.client.options(request_timeout=PATIENT)
    client.indices.put_settings(index=search_server.written._aliases(), settings={"gc_deletes": "1h"})
    page.title = "A garden"
    page.save()
    settle()
    search_server.index([stale])
    search_server.settle()
    assert (ask("counter").total, titles(ask("garden"))) == (0, ["A garden"])
    page.unpublish()
    settle()
    search_server.index([stale])
    search_server.settle()
    assert stale.publication not in search_server.holds()


def test_the_same_change_twice_changes_nothing(publish: Publish, search_server: Any, unconnected: None) -> None:
    publish("A counter")
    settle()
    held = search_server.holds()
    state = feed.state()
    start = feed.encode(feed.Cursor(state.instance, state.epoch, 0))
    IndexCursor.objects.filter(engine="elasticsearch").update(cursor=start)
    indexer.update(engine=search_server)
    assert search_server.holds() == held
    assert titles(ask("counter")) == ["A counter"]
    assert indexer.update(engine=search_server) == Updated()


def test_an_outage_of_any_length_is_caught_up(publish: Publish, search_server: Any, unconnected: None) -> None:
    old = publish("Old counter")
    settle()
    for number in range(3):
        publish(f"Counter {number}")
    old.unpublish()
    record()
    assert indexer.status(search_server).behind
    # What was hidden meanwhile is not found, nor counted; what is new is not there yet.
    assert (ask("counter").total, ask("counter").facets["city"]) == (0, {})
    assert indexer.update(engine=search_server).removed == 1
    assert indexer.status(search_server).behind == 0
    assert titles(ask("counter")) == ["Counter 0", "Counter 1", "Counter 2"]


@pytest.mark.parametrize("what", ["rules", "another build", "one language gone", "all gone", "another epoch"])
def test_an_index_that_is_not_what_was_written_is_rebuilt(publish: Publish, search_server: Any, what: str) -> None:
    publish("A counter")
    settle()
    row = IndexCursor.objects.filter(engine="elasticsearch")
    client = search_server.client.options(request_timeout=PATIENT)
    match what:
        case "rules":
            row.update(version="those of yesterday")
        case "another build":
            row.update(build="20200101000000-00000000")
        case "one language gone":
            client.indices.delete(index=list(client.indices.get_alias(name=alias(feed.state().instance, "fr")).body))
        case "all gone":
            client.indices.delete(index=list(indexes(search_server)))
        case "another epoch":
            feed.FeedState.objects.update(epoch="12345678-1234-4234-8234-123456789abc")
    if what != "another build":
        with pytest.raises(EngineDown):
            search_server.search(SearchQuery("counter", "en"))
    if what != "another epoch":
        assert indexer.status(search_server).outdated
    indexer.update(engine=search_server)
    assert not indexer.status(search_server).outdated
    assert titles(ask("counter")) == ["A counter"]
    assert len(indexes(search_server)) == len(languages())


def test_writing_creates_no_index_by_accident(publish: Publish, search_server: Any) -> None:
    page = publish("A counter")
    settle()
    document = build(Publication.objects.select_related("body").get(kind="page", object_id=page.pk))
    search_server.client.options(request_timeout=PATIENT).indices.delete(index=list(indexes(search_server)))
    with pytest.raises(EngineDown):
        search_server.index([document])
    beside = Beside(search_server.client, "20200101000000-00000000", "", 0)
    with pytest.raises(EngineDown):
        beside.index([document])
    assert indexes(search_server) == set()


def test_the_command_tells_of_both_indexes(
    publish: Publish, search_server: Any, unconnected: None, capsys: pytest.CaptureFixture[str]
) -> None:
    publish("A counter")
    record()
    call_command("index", "update")
    call_command("index", "status")
    said = capsys.readouterr().out.splitlines()
    at = said.index("Engine: elasticsearch")
    assert said[at : at + 4] == ["Engine: elasticsearch", "Health: ok", "Documents: 7", "Behind the feed: 0"]
    call_command("index", "rebuild")
    assert capsys.readouterr().out.splitlines()[-1] == "elasticsearch: 7 indexed, 0 removed."
