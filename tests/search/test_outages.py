"""The search server is stopped, paused, broken or empty: the database answers, soon, and says so."""

import logging
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.http import QueryDict
from django.test import Client
from django_tasks_db.models import DBTaskResult

from equalcity.publication import feed
from equalcity.publication.models import Publication
from equalcity.publication.record import record
from search import indexer
from search.api import search_json, suggest_json
from search.backends import database_engine, engines, get_backend, search_server
from search.breaker import FIRST_REST
from search.models import IndexCursor
from search.query import SearchQuery
from tests.search.conftest import Publish, forget_breakers
from tests.search.library import settle
from tests.search.stub import BEHAVIOURS, stub
from tests.services.searchserver import process_of, start_elasticsearch, stop_elasticsearch

pytestmark = [pytest.mark.fault, pytest.mark.elasticsearch]

SIMPLER = "The search runs in a simpler form at the moment."
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}
# From the moment that somebody asks until the database has answered; the database's own time is added.
SOON = 1.0


@pytest.fixture(scope="module")
def own_server() -> Iterator[dict[str, str]]:
    """A server of these tests alone: they pause and kill it."""
    state = start_elasticsearch()
    assert state, "no Java or no Maven: make services says more"
    yield state
    stop_elasticsearch(state)


@pytest.fixture
def on_own_server(own_server: dict[str, str], db: None, settings: Any) -> Iterator[int]:
    """The instance on that server; gives the number of its process."""
    settings.ELASTICSEARCH_URLS = (own_server["url"],)
    forget_breakers()
    number = process_of(Path(own_server["home"]))
    assert number
    yield number
    os.kill(number, signal.SIGCONT)


def pretend_that_it_was_written() -> None:
    """Let the index of the server look whole from here: what is wrong is for the search to find out."""
    state, engine = feed.state(), engines()[-1]
    cursor = feed.encode(feed.Cursor(state.instance, state.epoch, state.seq))
    IndexCursor.objects.update_or_create(
        engine=engine.name, defaults={"cursor": cursor, "seq": state.seq, "version": engine.version, "build": "any"}
    )


def timed(words: str = "counter") -> tuple[str, float]:
    """Return who answered, and the seconds beyond those of the database."""
    began = time.monotonic()
    results = get_backend().search(SearchQuery(words, "en"))
    took = time.monotonic() - began
    assert results.total == 1
    began = time.monotonic()
    database_engine().search(SearchQuery(words, "en"))
    return results.engine, took - (time.monotonic() - began)


def wait_for(engine: str, seconds: float) -> None:
    """Wait until that engine answers."""
    deadline = time.monotonic() + seconds
    while get_backend().search(SearchQuery("counter", "en")).engine != engine:
        assert time.monotonic() < deadline, f"{engine} did not come back"
        time.sleep(0.2)


@pytest.mark.parametrize("behaviour", [*BEHAVIOURS, "refuses"])
def test_the_database_answers_within_a_second(
    publish: Publish, client: Client, settings: Any, caplog: pytest.LogCaptureFixture, behaviour: str
) -> None:
    publish("A counter")
    settle()
    caplog.set_level(logging.DEBUG)
    with stub("closes" if behaviour == "refuses" else behaviour) as (url, connected):
        settings.ELASTICSEARCH_URLS = ("http://127.0.0.1:9" if behaviour == "refuses" else url,)
        forget_breakers()
        pretend_that_it_was_written()
        engine, beyond = timed()
        assert engine == database_engine().name
        assert beyond < SOON
        asked = len(connected)
        # The breaker keeps the next ones fast: nobody asks the server for a while.
        for _ in range(5):
            assert timed()[1] < SOON / 2
        assert len(connected) == asked
        assert get_backend().suggest("coun", "en", 5) == ["A counter"]
        # A half-open probe asks once.
        time.sleep(FIRST_REST)
        assert timed("counter")[1] < SOON
        client.get("/en/search/", {"q": "zeppelin"})
        client.post("/en/search/suggest/", {"q": "zeppelin"}, **OURS)
    said = [one.getMessage() + str(one.exc_info or "") for one in caplog.records if one.name != "django.db.backends"]
    assert [message for message in said if "zeppelin" in message] == []
    assert any("the database answers instead" in message for message in said)


def test_the_page_and_the_api_say_so(publish: Publish, client: Client, settings: Any) -> None:
    publish("A counter")
    settle()
    said = {
        "en": SIMPLER, "fr": "forme plus simple", "nl": "eenvoudiger", "de": "einfacher", "sv": "enklare",
        "it": "forma semplificata", "ar": "بصورة أبسط",
    }  # fmt: skip
    with stub("says 500") as (url, _connected):
        settings.ELASTICSEARCH_URLS = (url,)
        forget_breakers()
        pretend_that_it_was_written()
        for language, sentence in said.items():
            assert sentence in client.get(f"/{language}/search/", {"q": "counter"}).content.decode()
        answer = search_json(QueryDict("q=counter"))
        assert (answer["engine"], answer["meta"]["total_count"]) == (database_engine().name, 1)
        assert suggest_json(QueryDict("q=coun")) == {"suggestions": ["A counter"]}
    settings.ELASTICSEARCH_URLS = ()
    for language, sentence in said.items():
        assert sentence not in client.get(f"/{language}/search/", {"q": "counter"}).content.decode()


@pytest.mark.parametrize("behaviour", ["hangs", "trickles", "says 500"])
def test_publishing_does_not_wait_for_it(publish: Publish, settings: Any, behaviour: str) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settle()
    with stub(behaviour) as (url, connected):
        settings.ELASTICSEARCH_URLS = (url,)
        forget_breakers()
        pretend_that_it_was_written()
        waiting = DBTaskResult.objects.filter(task_path="search.indexer.update_index").count()
        publish("A counter")
        began = time.monotonic()
        record()
        assert time.monotonic() - began < 2
        assert connected == []
        # The worker's part is queued, and what the database finds is there at once.
        assert DBTaskResult.objects.filter(task_path="search.indexer.update_index").count() > waiting
        assert Publication.objects.filter(title="A counter", state="live").count() == 1
        assert database_engine().search(SearchQuery("counter", "en")).total == 1
        began = time.monotonic()
        indexer.update_index.call()
        assert time.monotonic() - began < 10
        assert connected
        asked = len(connected)
        for _ in range(20):
            indexer.update_index.call()
        assert len(connected) == asked
        with pytest.raises(CommandError, match="elasticsearch: "):
            call_command("index", "update", verbosity=0)
        assert indexer.status(search_server((url,))).down


def test_a_paused_server_is_left_alone_and_comes_back(publish: Publish, on_own_server: int) -> None:
    publish("A counter")
    settle()
    wait_for("elasticsearch", 60)
    os.kill(on_own_server, signal.SIGSTOP)
    engine, beyond = timed()
    assert engine == database_engine().name
    assert beyond < SOON
    assert timed()[1] < SOON / 2
    publish("A garden")
    os.kill(on_own_server, signal.SIGCONT)
    wait_for("elasticsearch", 60)
    settle()
    assert get_backend().search(SearchQuery("garden", "en")).total == 1


def test_a_deleted_index_is_noticed_and_written_anew(publish: Publish, on_own_server: int) -> None:
    publish("A counter")
    settle()
    wait_for("elasticsearch", 60)
    engine: Any = engines()[-1]
    client = engine.client.options(request_timeout=20)
    client.indices.delete(index=list(client.indices.get_alias(name="equalcity-*-sv").body))
    assert timed()[0] == database_engine().name
    settle()
    wait_for("elasticsearch", 60)


def test_a_killed_server(publish: Publish, client: Client, on_own_server: int, own_server: dict[str, str]) -> None:
    publish("A counter")
    settle()
    wait_for("elasticsearch", 60)
    os.kill(on_own_server, signal.SIGKILL)
    while process_of(Path(own_server["home"])) is not None:
        time.sleep(0.05)
    engine, beyond = timed()
    assert engine == database_engine().name
    assert beyond < SOON
    assert SIMPLER in client.get("/en/search/", {"q": "counter"}).content.decode()
    page = publish("Another counter")
    record()
    assert Publication.objects.get(title="Another counter").state == "live"
    page.unpublish()
    with pytest.raises(CommandError, match="elasticsearch: ConnectionError"):
        call_command("index", "update", verbosity=0)
