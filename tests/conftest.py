"""Fixtures that every test may use."""

import gc
import io
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import translation

from equalcity.publication.record import record
from search import nearest
from tests import prepared
from tests.factories import Tree, make_tree
from tests.factories.kept import Keep, Kept, Made
from tests.factories.map import Map, make_map


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Have garbage looked for among what tests make, and less often: what was imported and collected stays."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Fill the test database before Django makes it: `migrate` then finds its work done.

    SQLite keeps it in memory as long as somebody holds it open; PostgreSQL makes it from a template.
    """
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = prepared.migrated_database(os.environ["DATABASE_URL"])
        yield
        return
    held = sqlite3.connect(connection.creation._get_test_db_name(), uri=True)
    prepared.pour(prepared.migrated(), held)
    yield
    held.close()


@pytest.fixture(scope="module")
def demonstration(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The whole demonstration in place of the empty database, until this module ends; gives what its loading said.

    What tests of the module change stays inside a transaction.
    """
    with django_db_blocker.unblock(), ExitStack() as stack:
        if connection.vendor == "sqlite":
            folder = prepared.demonstration()
            shutil.copytree(folder / "media", settings.MEDIA_ROOT, dirs_exist_ok=True)
            connection.ensure_connection()
            stack.enter_context(prepared.poured_in(folder, connection.connection))
            said = (folder / prepared.SAID).read_text("utf-8")
        stack.enter_context(transaction.atomic())
        if connection.vendor != "sqlite":
            told = io.StringIO()
            call_command("load_demo", stdout=told)
            said = told.getvalue()
        yield said
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def keep(django_db_setup: None, django_db_blocker: Any) -> Keep:
    """Have something made in the empty database, which is empty again afterwards, to write it again for each test.

    It is for fixtures of the whole session: what a test has changed by then, the clock or a setting, would be kept too.
    """

    def do(make: Callable[[], Made]) -> Kept[Made]:
        with django_db_blocker.unblock(), translation.override(settings.LANGUAGE_CODE), transaction.atomic():
            kept = Kept.of(make)
            transaction.set_rollback(True)
        cache.clear()
        return kept

    return do


@pytest.fixture(scope="session")
def kept_tree(keep: Keep) -> Kept[Tree]:
    return keep(make_tree)


@pytest.fixture
def tree(db: None, kept_tree: Kept[Tree]) -> Tree:
    """Homes in en, fr and ar; a toolbox with a guide and three practices; a plain page in the menu."""
    return kept_tree.again()


@pytest.fixture(scope="session")
def kept_published(keep: Keep) -> Kept[Tree]:
    def make() -> Tree:
        tree = make_tree()
        record()
        return tree

    return keep(make)


@pytest.fixture
def published(db: None, kept_published: Kept[Tree]) -> Tree:
    """The same tree, recorded as publications."""
    return kept_published.again()


@pytest.fixture(scope="session")
def kept_map(keep: Keep, kept_tree: Kept[Tree]) -> Kept[Map]:
    return keep(lambda: make_map(kept_tree.again()))


@pytest.fixture
def safe_map(tree: Tree, kept_map: Kept[Map]) -> Map:
    """A list of safe spaces in that tree: one organisation with three places, recorded as publications."""
    return kept_map.again()


@pytest.fixture(autouse=True)
def default_language() -> None:
    """A page asked for in French leaves French behind in this thread."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def forgetful_cache() -> Iterator[None]:
    """What a test puts into the cache is not there for the next: rolled-back rows give their numbers to others."""
    yield
    cache.clear()
    nearest.forget()
