"""A small library to search in, made of real pages that were really recorded."""

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from wagtail.models import Page

from equalcity.publication import feed
from search import backends, indexer
from search.backends import Backend, database_engine
from search.backends import search_server as search_server_on
from search.backends.elasticsearch import index
from search.backends.elasticsearch.mapping import prefix
from search.models import IndexCursor
from tests.factories import BestPracticePageFactory, CityFactory, Tree, locale, make_tree
from tests.factories.kept import Keep, Kept
from toolbox_pages.models import BestPracticePage

# Time to answer in, where nothing is said about speed: two cores may be busy.
PATIENT = 20.0
# The server's clock for such things goes in steps of 200 ms.
TICK_SECONDS = 0.25

Publish = Callable[..., BestPracticePage]


def publishing_in(library: Tree) -> Publish:
    """Return what makes practices: `publish("A title", "fr", city="rome", themes=[theme])`."""
    guides: dict[str, Page] = {"en": library.index}

    def guide(code: str) -> Page:
        if code not in guides:
            above = [] if code in library.homes else [library.home]
            for page in (*above, library.toolbox, library.index):
                guides[code] = page.copy_for_translation(locale(code))
                guides[code].live = True
                guides[code].save()
        return guides[code]

    def make(title: str, code: str = "en", *, city: str = "brussels", of: Page | None = None, **fields: Any) -> Any:
        related = {
            name: fields.pop(name)
            for name in ("themes", "roles", "services", "settings", "target_groups")
            if name in fields
        }
        if of is not None:
            fields["translation_key"] = of.translation_key
        page = BestPracticePageFactory(
            parent=guide(code),
            locale=locale(code),
            title=title,
            slug=f"practice-{Page.objects.count()}",
            city=CityFactory(code=city),
            **{"summary": "", "context": "", "aim": "", **fields},
        )
        for name, terms in related.items():
            getattr(page, name).set(terms)
        if related:
            page.save()
        return page

    return make


@pytest.fixture(scope="session")
def kept_library(keep: Keep) -> Kept[Tree]:
    return keep(lambda: make_tree(practices=0))


@pytest.fixture
def library(db: None, kept_library: Kept[Tree]) -> Tree:
    """Homes in en, fr and ar, one toolbox and one guide in English, no practice yet."""
    return kept_library.again()


@pytest.fixture
def publish(library: Tree) -> Publish:
    """Make practices in the library; `settle` then makes them findable."""
    return publishing_in(library)


@pytest.fixture(scope="session", autouse=True)
def name(django_db_setup: None, django_db_blocker: Any) -> None:
    """Give the instance its name before any test's transaction begins: tests of one name share their indexes."""
    with django_db_blocker.unblock():
        feed.state()


@pytest.fixture(scope="session")
def made_indexes() -> Iterator[set[str]]:
    """The beginnings of the names of all indexes that tests have made; gone when the tests are done."""
    made: set[str] = set()
    yield made
    for start in made:
        forget(search_server_of_tests(), start)


@pytest.fixture
def search_server(db: None, settings: Any, made_indexes: set[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """The engine on the real search server, instead of the database's, with an empty index.

    Making indexes takes seconds: those of the test before are emptied and used again, if they are whole.
    """
    settings.ELASTICSEARCH_URLS = (os.environ["TEST_ELASTICSEARCH_URL"],)
    # Nobody searches here for longer than that.
    monkeypatch.setattr(index, "GRACE_SECONDS", 0.5)
    engine = search_server_of_tests()
    state = feed.state()
    start = feed.encode(feed.Cursor(state.instance, state.epoch, 0))
    made_indexes.add(prefix(state.instance))
    if not engine.build():
        forget(engine, prefix(state.instance))
        engine.beside(start).put_in_place([])
    empty(engine)
    IndexCursor.objects.create(engine=engine.name, cursor=start, version=engine.version, build=engine.build())
    forget_breakers()
    return engine


def forget_breakers() -> None:
    """Let the next search ask the server, whatever happened in the test before."""
    backends._finder.cache_clear()
    indexer._breakers.clear()


def search_server_of_tests() -> Any:
    """Return the engine on the server of the tests, with all the time that a busy machine needs."""
    engine: Any = search_server_on((os.environ["TEST_ELASTICSEARCH_URL"],))
    engine.seconds = PATIENT
    return engine


def empty(engine: Any) -> None:
    """Remove all documents, and what the server remembers of them: the next test has the same numbers."""
    names = engine.written._aliases()
    client = engine.client.options(request_timeout=PATIENT)
    client.indices.put_settings(index=names, settings={"gc_deletes": "0s"})
    if client.delete_by_query(index=names, query={"match_all": {}}, refresh=True, conflicts="proceed")["deleted"]:
        # It forgets with a refresh that comes after the next tick of its clock; until then it may refuse a number.
        time.sleep(TICK_SECONDS)
        client.indices.refresh(index=names)


def forget(engine: Any, start: str) -> None:
    """Remove all indexes whose names begin so."""
    client = engine.client.options(request_timeout=PATIENT)
    if names := client.indices.get_alias(index=f"{start}-*").body:
        client.indices.delete(index=list(names))


@pytest.fixture(params=["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine(request: pytest.FixtureRequest, db: None) -> Backend:
    """Each engine in turn: that of the database which the tests are given, and the search server's."""
    if request.param == "elasticsearch":
        return request.getfixturevalue("search_server")
    return database_engine()
